using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Definitions;

/// <summary>Carries out the HTTP calls of definitions.</summary>
internal sealed class HttpCalls : IDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = TimeSpan.FromSeconds(60),
        MaxResponseContentBufferSize = 1_000_000,
    };

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    internal async Task<ReplyRecord> SendAsync(long request, JsonObject call, CancellationToken cancellationToken)
    {
        var url = call.Text("url") ?? "";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            return new ReplyRecord { Request = request, Error = $"'{url}' is not an http or https address." };
        }

        using var message = new HttpRequestMessage(new HttpMethod(call.Text("method") ?? "GET"), uri);
        if (call["content"] is { } content)
        {
            var text = content is JsonValue value && value.TryGetValue<string>(out var plain) ? plain : content.ToJsonString();
            message.Content = new StringContent(text, Encoding.UTF8, MediaTypeHeaderValue.TryParse(call.Text("contentType"), out var type) ? type.MediaType! : "application/json");
        }

        if (call.Text("authorization") is { Length: > 0 } authorization)
        {
            message.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        foreach (var header in call["headers"] as JsonObject ?? [])
        {
            message.Headers.TryAddWithoutValidation(header.Key, header.Value?.ToString());
        }

        try
        {
            using var response = await client.SendAsync(message, cancellationToken);
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            var output = new JsonObject
            {
                ["statusCode"] = (int)response.StatusCode,
                ["content"] = Values.ToJson(Values.FromJsonText(body)),
                ["headers"] = new JsonObject(response.Headers.Concat(response.Content.Headers).Select(header => KeyValuePair.Create(header.Key, (JsonNode?)string.Join(", ", header.Value)))),
            };
            return new ReplyRecord { Request = request, Output = output };
        }
        catch (HttpRequestException exception)
        {
            return new ReplyRecord { Request = request, Output = new JsonObject { ["failure"] = "Failed to connect", ["content"] = exception.Message } };
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ReplyRecord { Request = request, Output = new JsonObject { ["failure"] = "Timeout" } };
        }
    }
}

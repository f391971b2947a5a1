using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ecosystem.Workflows.Definitions;

namespace Ecosystem.Designer.Api;

/// <summary><c>/workflows/…</c>: the paths published definitions listen on with an HTTP endpoint activity.</summary>
internal static class DefinitionEndpoints
{
    private const int MaxBody = 1_000_000;

    /// <summary>Maps the path all endpoints of definitions are below.</summary>
    public static void MapDefinitionEndpoints(this WebApplication app) =>
        app.Map("/workflows/{**path}", TakeAsync).DisableAntiforgery().AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> TakeAsync(string? path, HttpContext http, HttpTrigger trigger, CancellationToken ct)
    {
        if (http.Request.ContentLength > MaxBody || await BodyAsync(http.Request, ct) is not { } body)
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        var request = new JsonObject
        {
            ["result"] = new JsonObject { ["path"] = "/" + path, ["method"] = http.Request.Method },
            ["parsedContent"] = Parsed(body, http.Request.ContentType),
            ["queryStringData"] = new JsonObject(http.Request.Query.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value.ToString()))),
            ["headers"] = new JsonObject(http.Request.Headers.Where(pair => !IsSecret(pair.Key)).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value.ToString()))),
        };
        var correlation = http.Request.Query["correlationId"].ToString() is { Length: > 0 } asked ? asked : http.Request.Headers["x-correlation-id"].ToString();
        var answer = await trigger.TakeAsync(http.Request.Method, path ?? "", request, correlation.Length == 0 ? null : correlation, http.User.Identity?.IsAuthenticated == true, ct);
        if (answer.CaseId is { } caseId)
        {
            http.Response.Headers["x-case-id"] = caseId.Value;
        }

        foreach (var pair in answer.Headers ?? new Dictionary<string, string>())
        {
            http.Response.Headers[pair.Key] = pair.Value;
        }

        return answer.Content is { } content
            ? Results.Text(content, answer.ContentType is { Length: > 0 } type ? type : "text/plain", Encoding.UTF8, answer.Status)
            : Results.StatusCode(answer.Status);
    }

    // Who calls is nobody's business in a case's history.
    private static bool IsSecret(string header) => header.ToUpperInvariant() is "AUTHORIZATION" or "COOKIE" or "X-API-KEY";

    private static async Task<string?> BodyAsync(HttpRequest request, CancellationToken ct)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var buffer = new char[MaxBody + 1];
        var read = await reader.ReadBlockAsync(buffer, ct);
        return read > MaxBody ? null : new string(buffer, 0, read);
    }

    private static JsonNode? Parsed(string body, string? contentType)
    {
        if (body.Length == 0)
        {
            return null;
        }

        if (contentType?.Contains("json", StringComparison.OrdinalIgnoreCase) == true)
        {
            try
            {
                return JsonNode.Parse(body);
            }
            catch (JsonException)
            {
                // Not what it says it is: the definition sees the text.
            }
        }

        return body;
    }
}

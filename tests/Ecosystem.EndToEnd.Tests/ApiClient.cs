using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Ecosystem.EndToEnd.Tests;

/// <summary>A program on the API that does not give up: what got no answer is sent again with the same idempotency key until it gets one.</summary>
internal sealed partial class ApiClient : IDisposable
{
    private static readonly HttpStatusCode[] Passing = [HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable, HttpStatusCode.InternalServerError];
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(5) }) { Timeout = TimeSpan.FromSeconds(60) };
    private readonly Product _product;

    private ApiClient(Product product) => _product = product;

    /// <summary>A program with the key of an administrator, who signs in on the site for it.</summary>
    public static async Task<ApiClient> AdminAsync(Product product, CancellationToken ct)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, CheckCertificateRevocationList = true };
        using var browser = new HttpClient(handler) { BaseAddress = new Uri(product.Url) };
        var token = FormToken().Match(await browser.GetStringAsync("/sign-in", ct)).Groups[1].Value;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = token, ["email"] = "adam@demo.example", ["password"] = "ecosystem-demo", ["returnUrl"] = "/",
        });
        using var signedIn = await browser.PostAsync("/sign-in", form, ct);
        Assert.Equal("/", signedIn.Headers.Location?.OriginalString);
        using var made = await browser.PostAsJsonAsync("/api/v1/api-keys", new { name = "admin", roles = new[] { "admin" }, scopes = new[] { "*" } }, ct);
        return WithKey(product, (await made.Content.ReadFromJsonAsync<JsonElement>(ct)).GetProperty("text").GetString()!);
    }

    /// <summary>Has a key made for another program.</summary>
    public async Task<ApiClient> ForAsync(string role, CancellationToken ct, string? partnerId = null)
    {
        var (_, made) = await PostAsync("api-keys", new { name = role, roles = new[] { role }, scopes = new[] { "*" }, partnerId }, ct);
        return WithKey(_product, made.GetProperty("text").GetString()!);
    }

    /// <summary>Reads.</summary>
    public async Task<JsonElement> GetAsync(string path, CancellationToken ct) => (await SendAsync(HttpMethod.Get, path, null, ct)).Body;

    /// <summary>Writes, once however often it has to be sent.</summary>
    public Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, object body, CancellationToken ct) => SendAsync(HttpMethod.Post, path, body, ct);

    /// <summary>Reads until something is so.</summary>
    public async Task<JsonElement> UntilAsync(string path, Func<JsonElement, bool> isSo, CancellationToken ct)
    {
        while (true)
        {
            var found = await GetAsync(path, ct);
            if (isSo(found))
            {
                return found;
            }

            await Task.Delay(100, ct);
        }
    }

    public void Dispose() => _http.Dispose();

    private static ApiClient WithKey(Product product, string key)
    {
        var client = new ApiClient(product);
        client._http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpMethod method, string path, object? body, CancellationToken ct)
    {
        var key = Guid.NewGuid().ToString("N");
        while (true)
        {
            var site = await _product.UpAsync().WaitAsync(ct);
            try
            {
                using var request = new HttpRequestMessage(method, $"{site}/api/v1/{path}");
                if (body is not null)
                {
                    request.Content = JsonContent.Create(body);
                    request.Headers.Add("Idempotency-Key", key);
                }

                using var answer = await _http.SendAsync(request, ct);
                var text = await answer.Content.ReadAsStringAsync(ct);
                var running = answer.StatusCode == HttpStatusCode.Conflict && text.Contains("idempotency.in-progress", StringComparison.Ordinal);
                if (!running && !Passing.Contains(answer.StatusCode))
                {
                    return (answer.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone());
                }
            }
            catch (Exception error) when (!ct.IsCancellationRequested && error is HttpRequestException or IOException or TaskCanceledException or JsonException)
            {
                // The process died under the request; whether it was done is what the repeat finds out.
            }

            await Task.Delay(100, ct);
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}

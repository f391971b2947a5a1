using System.Net;
using System.Net.Http.Json;

namespace Ecosystem.Designer.Tests.Api;

public class IdempotencyTests(HostFixture host)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_SameKeySameBody_SameAnswerAndOneKeyMade()
    {
        using var admin = await host.ProgramAsync("admin");
        var name = Guid.NewGuid().ToString("N");
        using var first = await PostAsync(admin, "key-1", name);
        using var second = await PostAsync(admin, "key-1", name);
        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(Ct), await second.Content.ReadAsStringAsync(Ct));
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal("true", second.Headers.GetValues("Idempotency-Replayed").Single());
        var all = await admin.GetStringAsync("/api/v1/api-keys?limit=200", Ct);
        Assert.Equal(2, all.Split(name).Length);
    }

    [Fact]
    public async Task Post_SameKeyOtherBody_Conflict()
    {
        using var admin = await host.ProgramAsync("admin");
        using var first = await PostAsync(admin, "key-2", "one");
        using var second = await PostAsync(admin, "key-2", "two");
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Contains("idempotency.key-reused", await second.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_SameKeyOfAnotherCaller_IsAnotherKey()
    {
        using var one = await host.ProgramAsync("admin");
        using var other = await host.ProgramAsync("admin");
        using var first = await PostAsync(one, "key-3", "one");
        using var second = await PostAsync(other, "key-3", "two");
        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
    }

    [Fact]
    public async Task Post_RefusedRequest_SameRefusal()
    {
        using var admin = await host.ProgramAsync("admin");
        using var first = await PostAsync(admin, "key-4", "");
        using var second = await PostAsync(admin, "key-4", "");
        Assert.Equal(HttpStatusCode.BadRequest, second.StatusCode);
        Assert.Equal("application/problem+json", second.Content.Headers.ContentType?.MediaType);
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string key, string name)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/api-keys")
        {
            Content = JsonContent.Create(new { name, roles = new[] { "seller" }, scopes = new[] { "*:read" } }),
        };
        request.Headers.Add("Idempotency-Key", key);
        return client.SendAsync(request, Ct);
    }
}

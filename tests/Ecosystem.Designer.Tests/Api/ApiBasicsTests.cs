using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ecosystem.Designer.Tests.Api;

public class ApiBasicsTests(HostFixture host)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/metrics")]
    [InlineData("/docs/")]
    [InlineData("/sign-in")]
    public async Task Get_PublicAddress_Answers(string path)
    {
        using var client = host.Visitor();
        using var answer = await client.GetAsync(path, Ct);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
    }

    [Fact]
    public async Task OpenApi_Document_IsVersion31WithStableCodesAndKeys()
    {
        using var client = host.Visitor();
        var document = (await client.GetFromJsonAsync<JsonNode>("/openapi/v1.json", Ct))!;
        Assert.StartsWith("3.1", (string)document["openapi"]!, StringComparison.Ordinal);
        Assert.NotNull(document["components"]!["securitySchemes"]!["bearer"]);
        var post = document["paths"]!["/api/v1/api-keys"]!["post"]!;
        Assert.Contains(post["parameters"]!.AsArray(), parameter => (string?)parameter!["name"] == "Idempotency-Key");
    }

    [Theory]
    [InlineData("/api/v1/api-keys", HttpStatusCode.Unauthorized, "actor.unknown")]
    [InlineData("/api/v1/no-such-thing", HttpStatusCode.NotFound, "route.not-found")]
    public async Task Get_Visitor_ProblemWithCode(string path, HttpStatusCode status, string code)
    {
        using var client = host.Visitor();
        using var answer = await client.GetAsync(path, Ct);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(code, (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("ops", "*", HttpStatusCode.Forbidden)]
    [InlineData("admin", "deals:read", HttpStatusCode.Forbidden)]
    [InlineData("admin", "api-keys:write", HttpStatusCode.OK)]
    public async Task Keys_RoleAndScope_BothNeeded(string role, string scopes, HttpStatusCode expected)
    {
        using var client = await host.ProgramAsync(role, scopes);
        using var answer = await client.GetAsync("/api/v1/api-keys", Ct);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Keys_Revoked_NoLongerSignsIn()
    {
        using var admin = await host.ProgramAsync("admin");
        using var created = await admin.PostAsJsonAsync("/api/v1/api-keys", new { name = "crm", roles = new[] { "admin" }, scopes = new[] { "*" } }, Ct);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var body = await created.Content.ReadFromJsonAsync<JsonElement>(Ct);
        using var program = host.Visitor();
        program.DefaultRequestHeaders.Authorization = new("Bearer", body.GetProperty("text").GetString());
        using (var before = await program.GetAsync("/api/v1/api-keys", Ct))
        {
            Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        }

        using var revoked = await admin.DeleteAsync($"/api/v1/api-keys/{body.GetProperty("key").GetProperty("id").GetString()}", Ct);
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        using var after = await program.GetAsync("/api/v1/api-keys", Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
    }

    [Fact]
    public async Task Post_InvalidFields_ErrorsByField()
    {
        using var admin = await host.ProgramAsync("admin");
        using var answer = await admin.PostAsJsonAsync("/api/v1/api-keys", new { name = "", roles = new[] { "king" }, scopes = new[] { "everything" } }, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var errors = (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("errors");
        Assert.Equal(["name", "roles", "scopes"], errors.EnumerateObject().Select(field => field.Name).Order());
    }

    [Theory]
    [InlineData("{\"name\":1}", "json.invalid")]
    [InlineData("{\"name\":\"a\",\"colour\":\"red\"}", "json.invalid")]
    [InlineData("{", "json.invalid")]
    public async Task Post_BodyOfAnotherShape_NamesThePlace(string body, string code)
    {
        using var admin = await host.ProgramAsync("admin");
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await admin.PostAsync("/api/v1/api-keys", content, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(code, (await answer.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("code").GetString());
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Ecosystem.Designer.Tests.Api;

public sealed class WatchlistsApiTests(HostFixture host)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("compliance")]
    [InlineData("ops")]
    public async Task Replace_ByWhoKeepsTheList_TakesEachNameOnce(string role)
    {
        using var client = await host.ProgramAsync(role);
        using var answer = await client.PutAsJsonAsync("/api/v1/watchlists/competitor", new { version = "2026-11", names = new[] { "Kontra Rivalis AG", " Kontra Rivalis AG ", "" } }, Ct);
        var replaced = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal(("competitor", "2026-11", 1), (replaced.GetProperty("kind").GetString(), replaced.GetProperty("version").GetString(), replaced.GetProperty("count").GetInt32()));
    }

    [Theory]
    [InlineData("approver", "competitor", "2026-11", HttpStatusCode.Forbidden)]
    [InlineData("ops", "no-such-list", "2026-11", HttpStatusCode.NotFound)]
    [InlineData("ops", "competitor", " ", HttpStatusCode.BadRequest)]
    public async Task Replace_WrongRoleKindOrVersion_IsRefused(string role, string kind, string version, HttpStatusCode expected)
    {
        using var client = await host.ProgramAsync(role);
        using var answer = await client.PutAsJsonAsync($"/api/v1/watchlists/{kind}", new { version, names = Array.Empty<string>() }, Ct);
        Assert.Equal(expected, answer.StatusCode);
    }
}

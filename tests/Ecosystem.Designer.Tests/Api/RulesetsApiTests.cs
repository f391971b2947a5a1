using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Ecosystem.Designer.Tests.Api;

public class RulesetsApiTests(HostFixture host)
{
    private const string Plan = "/api/v1/rulesets/incentive-plan";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rulesets_DraftCheckImpactPublish_NeedsTwoPeople()
    {
        using var author = await host.ProgramAsync("ops");
        using var publisher = await host.ProgramAsync("approver");
        var all = await author.GetFromJsonAsync<JsonElement>("/api/v1/rulesets", Ct);
        Assert.Equal(10, all.GetProperty("items").GetArrayLength());
        var now = await author.GetFromJsonAsync<JsonElement>(Plan, Ct);
        var text = now.GetProperty("text").GetString()!.Replace("version: 1.0.0", "version: 3.0.0", StringComparison.Ordinal).Replace("from: 2016-01-01", "from: 2090-01-01", StringComparison.Ordinal);
        var draft = await SendAsync(author, HttpMethod.Put, Plan + "/draft", new { text, why = "next plan" });
        Assert.Equal("draft", draft.GetProperty("state").GetString());
        await SendAsync(author, HttpMethod.Put, Plan + "/draft", new { version = "3.0.0", cells = new Dictionary<string, string> { ["sections/rate/rows/gold-other/because"] = "Gold earns 10 %" } });
        var history = (await author.GetFromJsonAsync<JsonElement>(Plan + "?version=3.0.0", Ct)).GetProperty("events");
        Assert.Contains("Row 'gold-other'", history[history.GetArrayLength() - 1].GetProperty("why").GetString(), StringComparison.Ordinal);
        var check = await SendAsync(author, HttpMethod.Post, Plan + "/check", new { version = "3.0.0" });
        Assert.True(check.GetProperty("publishable").GetBoolean(), check.ToString());
        Assert.Contains("Gold earns 10 %", check.GetProperty("changes").ToString(), StringComparison.Ordinal);
        var impact = await SendAsync(author, HttpMethod.Post, Plan + "/impact", new { to = "3.0.0", period = new { from = "2020-01-01" } });
        Assert.Equal("done", impact.GetProperty("state").GetString());
        Assert.Equal(0, impact.GetProperty("report").GetProperty("changed").GetInt64());
        using var csv = await author.GetAsync($"{Plan}/impact/{impact.GetProperty("id").GetString()}?format=csv", Ct);
        Assert.Equal("text/csv", csv.Content.Headers.ContentType?.MediaType);
        var same = await SendAsync(author, HttpMethod.Post, Plan + "/publish", new { version = "3.0.0" }, HttpStatusCode.Conflict);
        Assert.Equal("ruleset.same-person", same.GetProperty("code").GetString());
        var published = await SendAsync(publisher, HttpMethod.Post, Plan + "/publish", new { version = "3.0.0", why = "agreed" });
        Assert.Equal("published", published.GetProperty("state").GetString());
        Assert.Equal("1.0.0", (await author.GetFromJsonAsync<JsonElement>(Plan, Ct)).GetProperty("version").GetString());
        Assert.Equal("3.0.0", (await author.GetFromJsonAsync<JsonElement>(Plan + "?asOf=2090-01-01", Ct)).GetProperty("version").GetString());
        var words = await author.GetFromJsonAsync<JsonElement>(Plan + "/diff?from=1.0.0&to=3.0.0", Ct);
        Assert.Contains("version was 1.0.0, is 3.0.0", words.GetProperty("changes").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_InputsAsOfADay_GivesResultAndTrace()
    {
        using var client = await host.ProgramAsync("seller", "rulesets:*");
        var inputs = new { @event = "won", eventOn = "2026-03-01", tier = "gold", productSeries = "GTX", amount = 1000, currency = "EUR" };
        var answer = await SendAsync(client, HttpMethod.Post, Plan + "/evaluate", new { asOf = "2026-03-01", inputs });
        Assert.Equal(100m, answer.GetProperty("result").GetProperty("earned").GetDecimal());
        Assert.Contains("gold-other", answer.GetProperty("trace").GetProperty("hits").ToString(), StringComparison.Ordinal);
        var missing = await SendAsync(client, HttpMethod.Post, Plan + "/evaluate", new { inputs = new { } }, HttpStatusCode.BadRequest);
        Assert.Equal("ruleset.missing-input", missing.GetProperty("code").GetString());
        await SendAsync(client, HttpMethod.Put, Plan + "/draft", new { text = "name: incentive-plan" }, HttpStatusCode.Forbidden);
        await SendAsync(client, HttpMethod.Post, "/api/v1/rulesets/no-such/evaluate", new { inputs = new { } }, HttpStatusCode.NotFound);
    }

    /// <summary>Whoever may write a draft may write a hostile one: trying it out ends with the limit that stopped it, and the product goes on.</summary>
    [Theory]
    [InlineData("5.0.0", "for i in 1..300000 return if i = 1 then [] else [partial[-1]]", "nested deeper than 500 levels")]
    [InlineData("5.1.0", "for i in 1..60 return if i = 1 then [1] else [partial[-1], partial[-1]]", "more than 10000000 values")]
    [InlineData("5.3.0", "for i in 1..99 return if i = 1 then string(i) else partial[-1] + partial[-1]", "items and characters")]
    public async Task Evaluate_HostileDraft_EndsWithTheLimit(string version, string expression, string limit)
    {
        using var author = await host.ProgramAsync("ops");
        var now = (await author.GetFromJsonAsync<JsonElement>(Plan, Ct)).GetProperty("text").GetString()!;
        var hostile = now.Replace("version: 1.0.0", $"version: {version}", StringComparison.Ordinal).Replace("sections:\n", $"sections:\n  - id: bomb\n    values: {{ bomb: \"{expression}\" }}\n", StringComparison.Ordinal);
        await SendAsync(author, HttpMethod.Put, Plan + "/draft", new { text = hostile });
        var inputs = new { @event = "won", eventOn = "2026-03-01", tier = "gold", productSeries = "GTX", amount = 1000, currency = "EUR" };
        var answer = await SendAsync(author, HttpMethod.Post, Plan + "/evaluate", new { version, inputs }, HttpStatusCode.BadRequest);
        Assert.Equal("ruleset.feel-limit", answer.GetProperty("code").GetString());
        Assert.Contains(limit, answer.ToString(), StringComparison.Ordinal);
        var check = await SendAsync(author, HttpMethod.Post, Plan + "/check", new { version });
        Assert.False(check.GetProperty("publishable").GetBoolean());
    }

    [Theory]
    [InlineData("{\"inputs\": {\"event\": \"won\", \"eventOn\": \"2026-03-01\", \"tier\": \"gold\", \"productSeries\": \"GTX\", \"amount\": 1e400, \"currency\": \"EUR\"}}", "amount")]
    [InlineData("{\"inputs\": {\"amount\": 1, \"amount\": 2}}", "given twice")]
    [InlineData("{\"inputs\": [1]}", "object")]
    [InlineData("{\"inputs\": ", "JSON")]
    public async Task Evaluate_HostileJson_IsRefused(string json, string expected)
    {
        using var client = await host.ProgramAsync("ops");
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(Plan + "/evaluate", content, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(expected, await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Draft_BrokenText_IsRefusedOrKeptWithItsFindings()
    {
        using var author = await host.ProgramAsync("ops");
        var refused = await SendAsync(author, HttpMethod.Put, Plan + "/draft", new { text = "name: [" }, HttpStatusCode.BadRequest);
        Assert.Equal("ruleset.no-name", refused.GetProperty("code").GetString());
        var now = (await author.GetFromJsonAsync<JsonElement>(Plan, Ct)).GetProperty("text").GetString()!;
        var broken = now.Replace("version: 1.0.0", "version: 4.0.0", StringComparison.Ordinal).Replace("wanted: plain + bonus", "wanted: plain + bonsu", StringComparison.Ordinal);
        await SendAsync(author, HttpMethod.Put, Plan + "/draft", new { text = broken });
        var check = await SendAsync(author, HttpMethod.Post, Plan + "/check", new { version = "4.0.0" });
        Assert.False(check.GetProperty("publishable").GetBoolean());
        Assert.Contains("bonsu", check.GetProperty("findings").ToString(), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> SendAsync(HttpClient client, HttpMethod method, string path, object body, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        using var answer = await client.SendAsync(request, Ct);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True(answer.StatusCode == expected, $"{method} {path}: {(int)answer.StatusCode} {text}");
        return JsonElement.Parse(text);
    }
}

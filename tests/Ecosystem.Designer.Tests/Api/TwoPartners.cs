using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Ecosystem.Designer.Tests.Api;

/// <summary>Two partners with everything partners have: cases, tasks, contested deals, a split, earnings, decisions; made through the API.</summary>
public sealed class TwoPartners(HostFixture host) : IAsyncLifetime
{
    private readonly string _tag = Guid.NewGuid().ToString("N")[..8];

    /// <summary>One partner as the other must never see it.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="Client">A program of it.</param>
    /// <param name="Deal">Its deal.</param>
    /// <param name="Secrets">Texts that nobody else may read.</param>
    public sealed record Side(string Id, HttpClient Client, string Deal, IReadOnlyList<string> Secrets);

    /// <summary>The partner that registered first.</summary>
    public Side First { get; private set; } = null!;

    /// <summary>The partner that collided with it; its deal is won and split.</summary>
    public Side Second { get; private set; } = null!;

    /// <summary>Ids of things of both, by the kind of path that takes them.</summary>
    public Dictionary<string, List<string>> Ids { get; } = new(StringComparer.Ordinal);

    /// <summary>A program of operations.</summary>
    public HttpClient Ops { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        Ops = await host.ProgramAsync("ops");
        using var approver = await host.ProgramAsync("approver");
        using var finance = await host.ProgramAsync("finance");
        var one = await OnboardAsync("Aurora", "DE02120300000000202051", approver, finance, ct);
        var two = await OnboardAsync("Borealis", "DE89370400440532013000", approver, finance, ct);
        var customer = $"Kunde {_tag} AG";
        First = await RegisterAsync(one, customer, approver, ct);
        Second = await RegisterAsync(two, customer, approver, ct);
        using var closed = await two.Client.PostAsJsonAsync(
            $"/api/v1/deals/{Second.Deal}/close", new { result = "won", amount = "9000.00", currency = "EUR", closedOn = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) }, ct);
        Assert.True(closed.IsSuccessStatusCode, await closed.Content.ReadAsStringAsync(ct));
        await UntilAsync(Ops, $"deals/{Second.Deal}/attribution", found => found.GetProperty("shares").GetArrayLength() == 2, ct);
        await CollectAsync(ct);
    }

    public ValueTask DisposeAsync()
    {
        First.Client.Dispose();
        Second.Client.Dispose();
        Ops.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<(string Id, string Case, HttpClient Client, List<string> Secrets)> OnboardAsync(
        string name, string iban, HttpClient approver, HttpClient finance, CancellationToken ct)
    {
        var domain = $"{name}-{_tag}.example".ToLowerInvariant();
        var legalName = $"{name} {Guid.NewGuid():N} GmbH";
        var applied = await PostAsync(
            Ops, "partners/applications", new { legalName, domain, country = "DE", type = "reseller", region = "DACH", registryVerified = true, contact = new { name = $"Contact {name}", email = $"boss@{domain}" } }, ct);
        var (id, caseId) = (Text(applied, "partnerId"), Text(applied, "caseId"));
        var client = await host.ProgramAsync("partner", "*", id);
        await AnswerAsync(client, caseId, "agreement-signature", "Sign", new { accept = true }, ct);
        await AnswerAsync(client, caseId, "tax-and-bank", "Send", new { name = legalName, taxForm = "VAT-ID", iban, town = "Bremen", country = "DE" }, ct);
        await AnswerAsync(finance, caseId, "payee-verification", "Verified", new { }, ct);
        await AnswerAsync(client, caseId, "training-courses", "Done", new { }, ct);
        await AnswerAsync(Ops, caseId, "certification", "Passed", new { }, ct);
        await AnswerAsync(approver, caseId, "first-plan", "Agreed", new { plan = $"Plan of {name}" }, ct);
        return (id, caseId, client, [id, caseId, legalName, domain, $"Contact {name}", iban, $"Plan of {name}"]);
    }

    private async Task<Side> RegisterAsync((string Id, string Case, HttpClient Client, List<string> Secrets) partner, string customer, HttpClient approver, CancellationToken ct)
    {
        var evidence = $"Evidence of {partner.Id}";
        var registered = await PostAsync(
            partner.Client,
            "deals",
            new { partnerId = partner.Id, customer = new { legalName = customer, domain = $"kunde-{_tag}.example", country = "DE" }, products = new[] { "GTX" }, amount = "9000.00", currency = "EUR", evidence = new[] { evidence } },
            ct);
        var (deal, caseId) = (Text(registered, "dealId"), Text(registered, "caseId"));
        if (First is not null)
        {
            var conflict = Text(await UntilAsync(Ops, $"deals/{deal}", found => found.TryGetProperty("conflictId", out var id) && id.ValueKind == JsonValueKind.String, ct), "conflictId");
            Ids["conflicts"] = [conflict];
            await AnswerAsync(approver, $"conflict-{conflict}", "conflict-ruling", "Contribution", new { }, ct);
        }

        await AnswerAsync(approver, caseId, "deal-approval", "Approve", new { }, ct);
        await UntilAsync(Ops, $"deals/{deal}", found => Text(found, "state") == "protected", ct);
        return new Side(partner.Id, partner.Client, deal, [.. partner.Secrets, deal, caseId, evidence]);
    }

    private async Task CollectAsync(CancellationToken ct)
    {
        Ids["partners"] = [First.Id, Second.Id];
        Ids["deals"] = [First.Deal, Second.Deal];
        Ids["cases"] = [];
        Ids["tasks"] = [];
        Ids["decisions"] = [];
        foreach (var side in new[] { First, Second })
        {
            foreach (var found in Items(await GetAsync(Ops, $"cases?partnerId={side.Id}", ct)))
            {
                Ids["cases"].Add(Text(found, "id"));
                Ids["tasks"].AddRange(Items(await GetAsync(Ops, $"tasks?status=all&case={Text(found, "id")}", ct)).Select(task => Text(task, "id")));
            }

            foreach (var about in new[] { $"subjectKind=partner&subjectId={side.Id}", $"subjectKind=deal&subjectId={side.Deal}", $"subjectKind=conflict&subjectId={Ids["conflicts"][0]}" })
            {
                Ids["decisions"].AddRange(Items(await GetAsync(Ops, $"decisions?{about}", ct)).Select(decision => Text(decision, "id")));
            }
        }

        Assert.All(Ids.Values, Assert.NotEmpty);
    }

    private async Task AnswerAsync(HttpClient who, string caseId, string type, string outcome, object data, CancellationToken ct)
    {
        bool IsIt(JsonElement task) => Text(task, "type") == type;
        var open = await UntilAsync(who, $"tasks?status=open&case={caseId}", tasks => Items(tasks).Any(IsIt), ct);
        await PostAsync(who, $"tasks/{Text(Items(open).First(IsIt), "id")}/complete", new { outcome, data }, ct);
    }

    private static async Task<JsonElement> UntilAsync(HttpClient client, string path, Func<JsonElement, bool> isSo, CancellationToken ct)
    {
        JsonElement found = default;
        for (var i = 0; i < 600; i++)
        {
            found = await GetAsync(client, path, ct);
            if (isSo(found))
            {
                return found;
            }

            await Task.Delay(50, ct);
        }

        throw new TimeoutException($"{path} did not come to what was waited for: {found}");
    }

    private static async Task<JsonElement> GetAsync(HttpClient client, string path, CancellationToken ct) => await client.GetFromJsonAsync<JsonElement>($"/api/v1/{path}", ct);

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body, CancellationToken ct)
    {
        using var answer = await client.PostAsJsonAsync($"/api/v1/{path}", body, ct);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {await answer.Content.ReadAsStringAsync(ct)}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>(ct);
    }

    private static IEnumerable<JsonElement> Items(JsonElement page) => page.GetProperty("items").EnumerateArray();

    private static string Text(JsonElement found, string name) => found.GetProperty(name).GetString()!;
}

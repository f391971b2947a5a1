using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Ecosystem.Designer.Tests.Api;

/// <summary>Files are taken in row by row, dry runs change nothing, the same file again is all duplicates.</summary>
public sealed class ImportsApiTests(HostFixture host, TwoPartners partners) : IClassFixture<TwoPartners>
{
    private readonly string _tag = Guid.NewGuid().ToString("N")[..8];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Partners_DryRunThenRealThenAgain_GoodRowsAreTakenOnce()
    {
        var text = $"""
            Legal Name,Domain,country,type,region,industries,contact.name,contact_email
            Alpha {_tag} GmbH,alpha-{_tag}.example,Germany,reseller,DACH,retail;banking,Ann,ann@alpha-{_tag}.example
            Beta {_tag} AG,not a domain,XX,wholesaler,DACH,,Ben,ben@beta-{_tag}.example
            "Alpha {_tag}, GmbH",www.alpha-{_tag}.example,DE,reseller,DACH,,,
            Gamma {_tag} SA,gamma-{_tag}.example,FR,referral,EMEA,,,
            """;
        var dry = await ImportAsync("partners", text, dryRun: true);
        Assert.Equal((2, 1, true), (dry.Accepted, dry.Duplicates, dry.DryRun));
        Assert.Equal([(3, "country"), (3, "domain"), (3, "type")], dry.Rejected.Select(rejected => (rejected.Row, rejected.Field)).Order());
        Assert.Equal(0, await CountAsync("partners"));

        var real = await ImportAsync("partners", text);
        Assert.Equal((2, 1, false), (real.Accepted, real.Duplicates, real.DryRun));
        Assert.Equal(dry.Rejected, real.Rejected);
        Assert.Equal(2, await CountAsync("partners"));

        var again = await ImportAsync("partners", text);
        Assert.Equal((0, 3), (again.Accepted, again.Duplicates));
        Assert.Equal(2, await CountAsync("partners"));
    }

    [Fact]
    public async Task Opportunities_PartnerByIdDomainOrName_AreRegisteredOnce()
    {
        var name = (await partners.Ops.GetFromJsonAsync<JsonElement>($"/api/v1/partners/{partners.First.Id}", Ct)).GetProperty("legalName").GetString();
        var text = $"""
            opportunity_id,partner,account,product,amount,currency,expectedClose
            A-{_tag},{partners.First.Id},Kunde {_tag} One,GTX,1200.50,EUR,2027-03-01
            B-{_tag},"{name}",Kunde {_tag} Two,GTX;MG,800,EUR,
            C-{_tag},nobody-{_tag}.example,Kunde {_tag} Three,GTX,1,EUR,
            D-{_tag},{partners.First.Id},Kunde {_tag} Four,GTX,-5,EUR,
            E-{_tag},{partners.First.Id},Kunde {_tag} Five,GTX,five,euro,1 March
            A-{_tag},{partners.First.Id},Kunde {_tag} One,GTX,1200.50,EUR,2027-03-01
            """;
        var report = await ImportAsync("opportunities", text);
        Assert.Equal((2, 1), (report.Accepted, report.Duplicates));
        Assert.Equal(
            [(4, "partner"), (5, "amount"), (6, "amount"), (6, "currency"), (6, "expectedClose")],
            report.Rejected.Select(rejected => (rejected.Row, rejected.Field)).Order());
        var found = (await partners.Ops.GetFromJsonAsync<JsonElement>($"/api/v1/deals?query={_tag}", Ct)).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["1200.50", "800.00"], found.Select(deal => deal.GetProperty("amount").GetProperty("amount").GetString()).Order());
        Assert.All(found, deal => Assert.Equal(partners.First.Id, deal.GetProperty("partnerId").GetString()));
        Assert.Equal(3, (await ImportAsync("opportunities", text)).Duplicates);
    }

    [Fact]
    public async Task Accounts_AsTheCrmHasThem_AreKnownToLaterRegistrations()
    {
        var text = $"account,sector,year_established,revenue,employees,office_location,subsidiary_of\nUmbrella {_tag},retail,1996,1100.04,2822,Germany,Parent {_tag}\n";
        Assert.Equal(1, (await ImportAsync("accounts", text)).Accepted);
        Assert.Equal((0, 1), ((await ImportAsync("accounts", text)) is var again ? again.Accepted : -1, again.Duplicates));
        Assert.Equal((1, 0), ((await ImportAsync("accounts", text.Replace("2822", "2900", StringComparison.Ordinal))) is var changed ? changed.Accepted : -1, changed.Duplicates));

        using var registered = await partners.First.Client.PostAsJsonAsync(
            "/api/v1/deals",
            new { partnerId = partners.First.Id, customer = new { legalName = $"UMBRELLA {_tag} GmbH", country = "DE" }, products = new[] { "GTX" }, amount = "10.00", currency = "EUR", evidence = new[] { "call" } },
            Ct);
        var deal = (await registered.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("dealId").GetString();
        var customer = (await partners.Ops.GetFromJsonAsync<JsonElement>($"/api/v1/deals/{deal}", Ct)).GetProperty("customer");
        Assert.Equal(($"Umbrella {_tag}", $"Parent {_tag}"), (customer.GetProperty("accountKey").GetString(), customer.GetProperty("parent").GetString()));
    }

    [Fact]
    public async Task Touchpoints_WithAMapping_AreRecordedOnce()
    {
        var day = DateTime.UtcNow.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var text = $"Opp,Who,What,When,Notes\n{partners.Second.Deal},{partners.First.Id},influence,{day},x\n{partners.Second.Deal},{partners.First.Id},lunch,{day},x\nno-such-deal,{partners.First.Id},influence,{day},x\n";
        const string Mapping = """{"Opp":"deal","Who":"partner","What":"kind","When":"occurredOn","Notes":null}""";
        var report = await ImportAsync("touchpoints", text, mapping: Mapping);
        Assert.Equal(1, report.Accepted);
        Assert.Equal([(3, "kind"), (4, "deal")], report.Rejected.Select(rejected => (rejected.Row, rejected.Field)));
        Assert.Equal(1, (await ImportAsync("touchpoints", text, mapping: Mapping)).Duplicates);
    }

    [Fact]
    public async Task Claims_OnKnownAccounts_AreTakenOnceAndChangedByOtherValues()
    {
        Assert.Equal(1, (await ImportAsync("accounts", $"name,domain\nHolding {_tag},holding-{_tag}.example\n")).Accepted);
        var text = $"""
            customer,kind,holder,products,from,until,lastContact
            Holding {_tag} GmbH,named,direct,,,,2026-10-01
            holding-{_tag}.example,contract,{partners.First.Id},GTX;MG,2026-01-01,2026-12-31,
            Nobody {_tag},named,direct,,,,
            Holding {_tag},house,nobody-{_tag}.example,,2026-02-01,2026-01-01,
            """;
        var report = await ImportAsync("claims", text);
        Assert.Equal(2, report.Accepted);
        Assert.Equal([(4, "account"), (5, "holder"), (5, "kind"), (5, "until")], report.Rejected.Select(rejected => (rejected.Row, rejected.Field)).Order());
        Assert.Equal((0, 2), (await ImportAsync("claims", text) is var again ? again.Accepted : -1, again.Duplicates));
        Assert.Equal((1, 1), (await ImportAsync("claims", text.Replace("2026-12-31", "2026-11-30", StringComparison.Ordinal)) is var changed ? changed.Accepted : -1, changed.Duplicates));
    }

    [Theory]
    [InlineData("customers", "a,b\n", null, "kind", "accounts, claims, opportunities, partners, touchpoints")]
    [InlineData("accounts", "", null, "file", "empty")]
    [InlineData("accounts", "legalName,shoe size\nA,42\n", null, "shoe size", "mapping it to null")]
    [InlineData("accounts", "domain\na.example\n", null, "legalName", "is missing")]
    [InlineData("accounts", "legalName,name\nA,A\n", null, "legalName", "twice")]
    [InlineData("accounts", "legalName,country\nA\n", null, "file", "row 2")]
    [InlineData("accounts", "Company\nA\n", """{"Company":"firm"}""", "mapping", "mapped to 'firm'")]
    [InlineData("accounts", "legalName\nA\n", "{", "mapping", "not JSON")]
    public async Task File_ThatCannotBeRead_IsRefusedNamingThePlace(string kind, string text, string? mapping, string field, string says)
    {
        using var answer = await SendAsync(partners.Ops, kind, Encoding.UTF8.GetBytes(text), mapping, dryRun: false);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Contains(says, problem.GetProperty("errors").GetProperty(field)[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_ThatIsNotUtf8_IsRefused()
    {
        using var answer = await SendAsync(partners.Ops, "accounts", Encoding.Latin1.GetBytes("legalName\nMüller\n"), null, dryRun: false);
        Assert.Contains("UTF-8", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Import_ByAPartner_IsForbidden()
    {
        using var answer = await SendAsync(partners.First.Client, "accounts", "legalName\nA\n"u8.ToArray(), null, dryRun: true);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        using var visitor = host.Visitor();
        using var unknown = await SendAsync(visitor, "accounts", "legalName\nA\n"u8.ToArray(), null, dryRun: true);
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
    }

    private async Task<int> CountAsync(string what) =>
        (await partners.Ops.GetFromJsonAsync<JsonElement>($"/api/v1/{what}?query={_tag}", Ct)).GetProperty("items").GetArrayLength();

    private async Task<Report> ImportAsync(string kind, string text, string? mapping = null, bool dryRun = false)
    {
        using var answer = await SendAsync(partners.Ops, kind, Encoding.UTF8.GetBytes(text), mapping, dryRun);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        return (await answer.Content.ReadFromJsonAsync<Report>(Ct))!;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string kind, byte[] file, string? mapping, bool dryRun)
    {
        using var form = new MultipartFormDataContent { { new StringContent(kind), "kind" }, { new ByteArrayContent(file), "file", "rows.csv" } };
        if (mapping is not null)
        {
            form.Add(new StringContent(mapping), "mapping");
        }

        return await client.PostAsync($"/api/v1/imports{(dryRun ? "?dryRun=true" : "")}", form, Ct);
    }

    private sealed record Rejection(int Row, string Field, string Reason);

    private sealed record Report(int Accepted, IReadOnlyList<Rejection> Rejected, int Duplicates, bool DryRun);
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Ecosystem.EndToEnd.Tests;

/// <summary>
/// <c>kill -9</c> at random moments while programs work on the site: what was acknowledged is there after the restart, everything that was under
/// way goes on, and nothing is there twice. <c>ECOSYSTEM_SEED</c> repeats a run's moments.
/// </summary>
public sealed class KillTests
{
    private const int Rounds = 20;
    private const int RoundsBeforePayday = 14;

    // Three minutes alone, five and a half beside Studio's browser: twenty starts of the product are what it takes.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    // More would only fill the machine: what is under way when the process dies is what is looked for, not how much.
    private static readonly TimeSpan BetweenApplications = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);
    private readonly ConcurrentDictionary<string, string> _applied = new();
    private readonly ConcurrentDictionary<string, string> _reviewed = new();
    private readonly ConcurrentDictionary<string, string> _won = new();

    [Fact]
    public async Task Kill_TwentyTimesDuringWebUse_NothingLostNothingDoubled()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("ECOSYSTEM_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Environment.TickCount;
        var random = new Random(seed);
        TestContext.Current.SendDiagnosticMessage("ECOSYSTEM_SEED={0}", seed);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        await using var product = await Product.StartAsync();
        try
        {
            await RunAsync(product, random, limit.Token);
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"ECOSYSTEM_SEED={seed}: {error.Message}\n--- product ---\n{product.Log}", error);
        }
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Reliability", "CA2025", Justification = "Every task is awaited below, before its client is disposed.")]
    private async Task RunAsync(Product product, Random random, CancellationToken ct)
    {
        using var admin = await ApiClient.AdminAsync(product, ct);
        using var ops = await admin.ForAsync("ops", ct);
        using var approver = await admin.ForAsync("approver", ct);
        using var finance = await admin.ForAsync("finance", ct);
        using var releaser = await admin.ForAsync("finance", ct);
        var id = await OnboardAsync(ops, approver, finance, admin, ct);
        using var partner = await admin.ForAsync("partner", ct, id);

        // However little gets done between two kills, there is something to pay: what is earned after the clock went on belongs to a later run.
        await SellOneAsync(partner, id, ct);
        await ops.UntilAsync($"partners/{id}/balance", found => found.GetProperty("balances").GetArrayLength() > 0, ct);
        using var stop = new CancellationTokenSource();
        List<Task> users = [ApplyAsync(ops, stop.Token, ct), ReviewAsync(approver, stop.Token, ct), SellAsync(partner, id, stop.Token, ct)];
        Task<JsonElement>? payday = null;
        List<double> restarts = [];
        for (var round = 0; round < Rounds; round++)
        {
            await Task.Delay(random.Next(200, 2500), ct);
            await product.KillAsync();
            var started = Stopwatch.GetTimestamp();
            await product.StartAgainAsync(clockAhead: round < RoundsBeforePayday ? 0 : 40);
            restarts.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
            payday ??= round >= RoundsBeforePayday ? PayAsync(ops, finance, releaser, ct) : null;
        }

        await stop.CancelAsync();
        await Task.WhenAll(users);
        var run = await payday!;
        TestContext.Current.SendDiagnosticMessage(
            "{0} kills; restart {1:0.0} s in the median; {2} applications, {3} answers, {4} deals won", Rounds, restarts.Order().ElementAt(Rounds / 2), _applied.Count, _reviewed.Count, _won.Count);

        await CheckApplicationsAsync(ops, ct);
        await CheckEarningsAsync(ops, id, ct);
        await CheckPaymentsAsync(finance, run, ct);
        await product.KillAsync();
        await VerifyAsync(product, ct);
    }

    private async Task ApplyAsync(ApiClient ops, CancellationToken stop, CancellationToken ct)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var name = $"Applicant {Guid.NewGuid():N}";
            var (status, answer) = await ops.PostAsync(
                "partners/applications",
                new { legalName = name, domain = $"applicant-{i}.example", country = "FR", type = "reseller", region = "EMEA", contact = new { name = "Ann", email = $"ann@applicant-{i}.example" } },
                ct);
            Assert.Equal(HttpStatusCode.Accepted, status);
            _applied[name] = answer.GetProperty("partnerId").GetString()!;
            await Task.Delay(BetweenApplications, ct);
        }
    }

    private async Task ReviewAsync(ApiClient approver, CancellationToken stop, CancellationToken ct)
    {
        while (!stop.IsCancellationRequested)
        {
            var open = await approver.GetAsync("tasks?status=open&role=approver&limit=5", ct);
            foreach (var task in open.GetProperty("items").EnumerateArray().Where(task => task.GetProperty("type").GetString() == "application-review"))
            {
                var id = task.GetProperty("id").GetString()!;
                var (status, _) = await approver.PostAsync($"tasks/{id}/complete", new { outcome = "Approve" }, ct);
                Assert.Equal(HttpStatusCode.OK, status);
                _reviewed[id] = "Approve";
            }

            await Task.Delay(BetweenLooks, ct);
        }
    }

    private async Task SellAsync(ApiClient partner, string id, CancellationToken stop, CancellationToken ct)
    {
        while (!stop.IsCancellationRequested)
        {
            await SellOneAsync(partner, id, ct);
        }
    }

    private async Task SellOneAsync(ApiClient partner, string id, CancellationToken ct)
    {
        var customer = $"customer-{Guid.NewGuid():N}";
        var (status, registered) = await partner.PostAsync(
            "deals",
            new { partnerId = id, customer = new { legalName = customer, domain = $"{customer}.example", country = "DE" }, products = new[] { "GTX Basic" }, amount = "1000.00", currency = "EUR", evidence = new[] { "A meeting" } },
            ct);
        Assert.Equal(HttpStatusCode.Accepted, status);
        var deal = registered.GetProperty("dealId").GetString()!;
        var found = await partner.UntilAsync($"deals/{deal}", found => found.GetProperty("state").GetString() is "protected" or "pendingApproval", ct);
        Assert.Equal("protected", found.GetProperty("state").GetString());
        var day = found.GetProperty("submittedAt").GetString()![..10];
        var (closed, won) = await partner.PostAsync($"deals/{deal}/close", new { result = "won", amount = "1000.00", currency = "EUR", closedOn = day }, ct);
        Assert.True(closed == HttpStatusCode.OK, won.ToString());
        _won[deal] = customer;
    }

    private static async Task<JsonElement> PayAsync(ApiClient ops, ApiClient finance, ApiClient releaser, CancellationToken ct)
    {
        // The fifth of the month was over when the product started again, so its calendar asks for the run.
        var runs = await ops.UntilAsync("payout-runs", found => found.GetProperty("items").GetArrayLength() > 0, ct);
        var path = $"payout-runs/{runs.GetProperty("items")[0].GetProperty("id").GetString()}";
        await ops.UntilAsync(path, found => found.GetProperty("status").GetString() == "calculated", ct);
        Assert.Equal(HttpStatusCode.OK, (await finance.PostAsync($"{path}/approve", new { comment = "looked at" }, ct)).Status);
        Assert.Equal(HttpStatusCode.OK, (await releaser.PostAsync($"{path}/release", new { }, ct)).Status);
        return await ops.GetAsync(path, ct);
    }

    private async Task CheckApplicationsAsync(ApiClient ops, CancellationToken ct)
    {
        var partners = await AllAsync(ops, "partners?query=Applicant", ct);
        Assert.Equal(_applied.Count, partners.Count);
        Assert.Equal(_applied.Keys.Order(), partners.Select(partner => partner.GetProperty("legalName").GetString()!).Order());
        foreach (var id in _reviewed.Keys)
        {
            Assert.Equal("completed", (await ops.GetAsync($"tasks/{id}", ct)).GetProperty("state").GetString());
        }

        // One review per applicant, and after it the one signature it leads to.
        foreach (var id in _applied.Values)
        {
            await ops.UntilAsync($"cases?partnerId={id}", found => found.GetProperty("items").EnumerateArray().Any(), ct);
        }

        var tasks = await AllAsync(ops, "tasks?status=all", ct);
        Assert.All(
            tasks.GroupBy(task => (task.GetProperty("caseId").GetString(), task.GetProperty("stepId").GetString())),
            step => Assert.Single(step));
    }

    private async Task CheckEarningsAsync(ApiClient ops, string partner, CancellationToken ct)
    {
        foreach (var (deal, customer) in _won)
        {
            var caseId = (await ops.GetAsync($"deals/{deal}", ct)).GetProperty("caseId").GetString();
            await ops.UntilAsync($"cases/{caseId}", found => found.GetProperty("status").GetString() == "completed", ct);
            Assert.Equal("won", (await ops.GetAsync($"deals/{deal}", ct)).GetProperty("state").GetString());
            Assert.Single((await ops.GetAsync($"deals?query={customer}", ct)).GetProperty("items").EnumerateArray());
        }

        var balance = (await ops.GetAsync($"partners/{partner}/balance", ct)).GetProperty("balances").EnumerateArray().Single();
        Assert.Equal(50m * _won.Count, decimal.Parse(balance.GetProperty("earned").GetProperty("amount").GetString()!, CultureInfo.InvariantCulture));
    }

    private static async Task CheckPaymentsAsync(ApiClient finance, JsonElement run, CancellationToken ct)
    {
        Assert.Equal("released", run.GetProperty("status").GetString());
        var id = run.GetProperty("id").GetString();
        Assert.Single(await AllAsync(finance, "payout-runs", ct));
        var lines = await AllAsync(finance, $"payout-runs/{id}/lines", ct);
        Assert.NotEmpty(lines);
        Assert.Distinct(lines.Select(line => line.GetProperty("dealId").GetString()));
        Assert.Equal(
            lines.Sum(line => decimal.Parse(line.GetProperty("amount").GetProperty("amount").GetString()!, CultureInfo.InvariantCulture)),
            decimal.Parse(run.GetProperty("total").GetProperty("amount").GetString()!, CultureInfo.InvariantCulture));
        Assert.Equal(1, run.GetProperty("files").EnumerateArray().First().GetProperty("payments").GetInt32());
    }

    // Ledger, decisions, statements and audit chain, recomputed by the product itself.
    private static async Task VerifyAsync(Product product, CancellationToken ct)
    {
        using var verify = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Ecosystem.Designer"), ["verify", "--data", product.DataFolder]) { RedirectStandardOutput = true })!;
        var said = await verify.StandardOutput.ReadToEndAsync(ct);
        await verify.WaitForExitAsync(ct);
        Assert.True(verify.ExitCode == 0, said);
    }

    private static async Task<List<JsonElement>> AllAsync(ApiClient client, string path, CancellationToken ct)
    {
        List<JsonElement> all = [];
        string? cursor = null;
        do
        {
            var page = await client.GetAsync($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit=100{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}", ct);
            all.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);

        return all;
    }

    private static async Task<string> OnboardAsync(ApiClient ops, ApiClient approver, ApiClient finance, ApiClient admin, CancellationToken ct)
    {
        var nordlicht = Applicant.Nordlicht;
        var (_, applied) = await ops.PostAsync(
            "partners/applications",
            new { legalName = nordlicht.Company, domain = nordlicht.Domain, country = nordlicht.Country, type = "reseller", region = "DACH", contact = new { name = nordlicht.Contact, email = nordlicht.Email } },
            ct);
        var id = applied.GetProperty("partnerId").GetString()!;
        var caseId = applied.GetProperty("caseId").GetString()!;
        using var partner = await admin.ForAsync("partner", ct, id);
        (ApiClient Who, string Type, string Outcome, object Data)[] steps =
        [
            (approver, "application-review", "Approve", new { }),
            (partner, "agreement-signature", "Sign", new { accept = true }),
            (partner, "tax-and-bank", "Send", new { name = nordlicht.Company, taxForm = "VAT-ID", iban = nordlicht.Iban, bic = nordlicht.Bic, town = nordlicht.Town, country = nordlicht.Country }),
            (finance, "payee-verification", "Verified", new { }),
            (partner, "training-courses", "Done", new { }),
            (ops, "certification", "Passed", new { }),
            (approver, "first-plan", "Agreed", new { }),
        ];
        foreach (var (who, type, outcome, data) in steps)
        {
            bool IsIt(JsonElement task) => task.GetProperty("type").GetString() == type;
            var open = await who.UntilAsync($"tasks?status=open&case={caseId}", tasks => tasks.GetProperty("items").EnumerateArray().Any(IsIt), ct);
            var (status, answer) = await who.PostAsync($"tasks/{open.GetProperty("items").EnumerateArray().First(IsIt).GetProperty("id").GetString()}/complete", new { outcome, data }, ct);
            Assert.True(status == HttpStatusCode.OK, answer.ToString());
        }

        return id;
    }
}

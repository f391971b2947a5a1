using System.Globalization;
using Ecosystem.Workflows.Tests.Storage;
using Microsoft.Playwright;

namespace Ecosystem.EndToEnd.Tests;

/// <summary>The whole way in the browser: from an application to a payment file.</summary>
public sealed class WalkTests(BrowserFixture browser, PostgreSqlServer postgreSql)
{
    private const string Customer = "Hansekontor Maschinenbau AG";
    private const decimal Won = 18400.50m;
    private const string CustomerDomain = "hansekontor-maschinenbau.example";

    [Fact]
    public async Task Walk_OneProcess_EndsInAPaymentFile() => await WalkAsync(await Product.StartAsync(), tour: true);

    /// <summary>On PostgreSQL with no folder in common, as on two machines; on one folder where that is not installed.</summary>
    [Fact]
    public async Task Walk_WebAndWorkerAsTwoProcesses_EndsInAPaymentFile() =>
        await WalkAsync(await Product.StartAsync(split: true, PostgreSqlServer.IsInstalled ? await postgreSql.CreateDatabaseAsync() : null));

    private async Task WalkAsync(Product started, bool tour = false)
    {
        await using var product = started;
        try
        {
            var deal = await UntilWonAsync(product);
            await product.KillAsync();
            await product.StartAgainAsync(clockAhead: 40);
            var run = await PayAsync(product);
            if (tour)
            {
                await TourAsync(product, deal, run);
            }
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"{error.Message}\n--- product ---\n{product.Log}", error);
        }
    }

    private async Task<string> UntilWonAsync(Product product)
    {
        await using var olivia = await SignInAsync(product, "olivia");
        await using var anton = await SignInAsync(product, "anton");
        await using var fiona = await SignInAsync(product, "fiona");
        await using var nora = await OnboardAsync(product, Applicant.Nordlicht, anton, fiona, olivia);
        await using var alma = await OnboardAsync(product, Applicant.Alpenblick, anton, fiona, olivia);

        var deal = await nora.RegisterAsync(Customer, CustomerDomain, "GTX Plus Pro", "18000", "Workshop with the plant manager on 2 November");
        await anton.AnswerAsync("Approve the registration", "Approve", ("Reason", "Known customer, good evidence"));
        await nora.OpenAsync($"/deals/{deal}", Customer);
        await nora.SeesAsync("Protected");
        await nora.SeesAsync("You act next: the close of the deal");
        await nora.StandsAtAsync("Until it is closed, or protection ends");
        await nora.ShootAsync("deal-protected");

        var second = await alma.RegisterAsync(Customer, CustomerDomain, "GTX Plus Pro", "17500", "Budget confirmed by the purchasing department");
        await alma.SeesAsync("a person decides");
        await alma.ShootAsync("deal-in-conflict");
        await anton.AnswerAsync("Rule on the conflict", "Contribution", ("Reason", "Both worked on it; shares by evidence"));
        await anton.AnswerAsync("Approve the registration", "Approve", ("Reason", "Jointly with the first registration"));
        await alma.OpenAsync($"/deals/{second}", Customer);
        await alma.SeesAsync("Protected");
        await alma.PressAsync("Report won or lost");
        await alma.FillAsync(("Amount in", Won.ToString(CultureInfo.InvariantCulture)), ("Reason", "Order 4711"));
        await alma.PressAsync("Send");
        await alma.SeesAsync("Won");
        await alma.Page.Locator(".bar .fill").First.WaitForAsync();
        await nora.OpenAsync($"/deals/{deal}", Customer);
        await nora.PressAsync("Withdraw");
        await nora.FillAsync(("Reason", "Won together with the other registration"));
        await nora.PressAsync("Send");
        await nora.SeesAsync("Withdrawn");
        return second;
    }

    private async Task<string> PayAsync(Product product)
    {
        await using var olivia = await SignInAsync(product, "olivia");
        await using var fiona = await SignInAsync(product, "fiona");
        await using var felix = await SignInAsync(product, "felix");

        // The fifth of the month was over when the product started again, so its calendar has asked for the run, or is about to.
        await olivia.OpenAsync("/payouts", "Payouts");
        var asked = olivia.Page.GetByRole(AriaRole.Link, new() { Name = " in EUR" });
        while (await asked.CountAsync() == 0)
        {
            await Task.Delay(200, TestContext.Current.CancellationToken);
            await olivia.OpenAsync("/payouts", "Payouts");
            await olivia.Page.Locator(".loading").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        }

        await asked.ClickAsync();
        await olivia.HeadingAsync("Payout ");
        await olivia.SeesAsync("Calculated");
        var run = new Uri(olivia.Page.Url).AbsolutePath;
        await fiona.Page.GotoAsync(run);
        await fiona.PressAsync("Approve");
        await fiona.SeesAsync("Approved");
        await fiona.ShootAsync("payout-approved");
        await felix.Page.GotoAsync(run);
        await felix.PressAsync("Release");
        var download = await felix.Page.RunAndWaitForDownloadAsync(() => felix.PressAsync("pain.001.001.09"));
        await felix.ShootAsync("payout-released");
        var file = await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        var transfers = PaymentFileRules.Check(file);

        // Both registered at 5 % plus half a per cent for a large deal, each on its share: together on the whole amount.
        Assert.Equal([Applicant.Alpenblick.Company, Applicant.Nordlicht.Company], transfers.Select(transfer => transfer.Creditor).Order());
        Assert.Equal([Applicant.Alpenblick.Iban, Applicant.Nordlicht.Iban], transfers.Select(transfer => transfer.Iban).Order());
        Assert.InRange(transfers.Sum(transfer => transfer.Amount), (Won * 0.05m) - 0.02m, (Won * 0.055m) + 0.02m);
        await felix.PressAsync("Settle");
        await felix.SeesAsync("Settled");
        return run;
    }

    /// <summary>Everybody's pages once more, now that they are full: no accessibility violation, nothing beside the edge of a telephone, and pictures when asked for.</summary>
    private async Task TourAsync(Product product, string deal, string run)
    {
        List<string> violations = [];
        async Task LookAsync(Person person, string path, string name)
        {
            await person.Page.GotoAsync(path);
            await person.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).WaitForAsync();
            await person.Page.Locator(".loading").WaitForAsync(new() { State = WaitForSelectorState.Detached });
            await person.ShootAsync(name);
            violations.AddRange([.. (await person.ViolationsAsync()).Concat(await person.OverflowsAsync()).Concat(await person.CodesAsync()).Select(violation => $"{path}: {violation}")]);
        }

        await using (var olivia = await SignInAsync(product, "olivia"))
        {
            await LookAsync(olivia, "/", "home");
            foreach (var page in new[] { "inbox", "deals", "partners", "conflicts", "cases", "payouts", "decisions", "rulesets", "processes" })
            {
                await LookAsync(olivia, $"/{page}", page);
            }

            await LookAsync(olivia, $"/deals/{deal}", "deal");
            await LookAsync(olivia, await olivia.FirstLinkAsync("Show the decision"), "decision");
            await olivia.Page.GotoAsync("/conflicts");
            await LookAsync(olivia, await olivia.FirstLinkAsync("Two partners, one deal"), "conflict");
            await olivia.SeesAsync($"with its deal with {Customer}, submitted");
            await olivia.Page.GotoAsync("/cases?kind=deal-registration");
            await LookAsync(olivia, await olivia.FirstLinkAsync("Deal registration"), "case");
            await olivia.SeesAsync($"For the deal with {Customer}");
            await olivia.Page.GotoAsync("/partners");
            var partner = await olivia.FirstLinkAsync(Applicant.Nordlicht.Company);
            await LookAsync(olivia, partner, "partner");
            await LookAsync(olivia, $"{partner}/statement?period=2027-01", "statement");
            await LookAsync(olivia, run, "payout");
            await LookAsync(olivia, "/processes/deal-registration", "process");
            await LookAsync(olivia, "/no-such-page", "not-found");
        }

        await using (var adam = await SignInAsync(product, "adam"))
        {
            await LookAsync(adam, "/people", "people");
            await LookAsync(adam, "/api-keys", "api-keys");
            await LookAsync(adam, "/payouts/nothing", "payout-unknown");
        }

        await using (var nora = await Person.SignedInAsync(browser.Browser, product.Url, Applicant.Nordlicht.Email, Walk.PartnerPassword))
        {
            await LookAsync(nora, "/", "partner-home-paid");
            await LookAsync(nora, "/inbox", "partner-inbox");
            await LookAsync(nora, "/deals", "partner-deals");
            await LookAsync(nora, "/deals/new", "partner-register");
            await LookAsync(nora, "/partners", "partner-not-for-you");
        }

        Assert.Empty(violations);
    }

    private async Task<Person> OnboardAsync(Product product, Applicant applicant, Person approver, Person finance, Person ops)
    {
        await using (var visitor = await Person.VisitorAsync(browser.Browser, product.Url))
        {
            await visitor.ApplyAsync(applicant);
        }

        await approver.AnswerAsync("Approve the application", "Approve", ("Reason", "Checked in the trade register"));
        var partner = await Person.SignedInAsync(browser.Browser, product.Url, applicant.Email, Walk.PartnerPassword);
        await partner.OpenTaskAsync("Sign the partner agreement");
        await partner.StandsAtAsync("Sign the agreement");
        await partner.Page.GetByLabel("We accept the agreement").CheckAsync();
        await partner.PressAsync("Sign");
        await partner.SeesAsync("Answered");
        await partner.OpenTaskAsync("Give your tax and bank details");
        await partner.Page.GetByLabel("Tax document").SelectOptionAsync("VAT-ID");
        await partner.FillAsync(
            ("Account holder", applicant.Company), ("IBAN", applicant.Iban), ("BIC", applicant.Bic), ("Street and number", applicant.Street), ("Post code", applicant.PostCode),
            ("Town", applicant.Town), ("Country", applicant.Country));
        await partner.ShootAsync("task-bank");
        await partner.PressAsync("Send");
        await partner.SeesAsync("Answered");
        await finance.AnswerAsync("Verify tax and bank details by call-back", "Verified", ("Who was called", $"{applicant.Contact}, today"));
        await partner.OpenTaskAsync("Take your courses");
        await partner.ShootAsync("task-courses");
        await partner.PressAsync("Done");
        await partner.SeesAsync("Answered");
        await ops.AnswerAsync("Did the partner pass?", "Passed");
        await approver.AnswerAsync("Agree the 30-60-90 day plan", "Agreed", ("The plan", "First deal within thirty days"));
        await partner.OpenAsync("/", $"Hello, {applicant.Contact.Split(' ')[0]}");
        await partner.ShootAsync("partner-home");
        return partner;
    }

    private Task<Person> SignInAsync(Product product, string name) => Person.SignedInAsync(browser.Browser, product.Url, $"{name}@demo.example");
}

using Ecosystem.Workflows.Decisions;
using Ecosystem.Workflows.Incentives;
using Ecosystem.Workflows.Incentives.Files;
using Ecosystem.Workflows.Incentives.Ledger;
using Ecosystem.Workflows.Incentives.Payouts;
using Ecosystem.Workflows.Incentives.Statements;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Workflows.Tests.Incentives;

/// <summary>Base of tests about money: two partners with verified bank details, a plan of ten per cent.</summary>
public abstract class IncentiveTest : LifecycleTest
{
    protected static readonly PartnerId A = new("ptn-a");
    protected static readonly PartnerId B = new("ptn-b");
    protected static readonly Actor Asker = Actor.Staff("u-ops", "Ops", ActorSource.Web, "ops");
    protected static readonly Actor Clerk = Actor.Staff("u-clerk", "Clerk", ActorSource.Web, "finance");
    protected static readonly Actor Controller = Actor.Staff("u-controller", "Controller", ActorSource.Web, "finance");

    protected override void Configure(IServiceCollection collection, IDictionary<string, string?> settings) => collection.AddSingleton<IRulesets, FakePlan>();

    protected override async Task StartedAsync()
    {
        await base.StartedAsync();
        await PayeeAsync(A, "DE89370400440532013000");
        await PayeeAsync(B, "FR1420041010050500013M02606");
    }

    protected Task<IReadOnlyList<IncentiveLine>> AccrueAsync(string deal, decimal amount, params (PartnerId Partner, decimal Share)[] credits) => Get<IncentiveService>().AccrueAsync(
        new Accrual(new DealId(deal), "won", Today, new Money(amount, "EUR"), "GTX", [.. credits.Select(credit => new PartnerCredit(credit.Partner, credit.Share, "contributor", "silver", true))]),
        System);

    protected DateOnly Today => DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime);

    protected async Task<PayoutRun> RunAsync(string period) => (await Get<PayoutRunService>().RequestAsync(period, Currency.Eur, Asker)).Value;

    internal Task<T> BookAsync<T>(Func<PayoutRunBook, Ecosystem.Workflows.Storage.EcosystemDbContext, CancellationToken, Task<T>> work) =>
        Storage.WriteAsync((db, token) => work(Get<PayoutRunBook>(), db, token));

    protected async Task PayeeAsync(PartnerId partner, string iban)
    {
        var payees = Get<PayeeService>();
        var details = new PayeeDetails(new PaymentParty($"Partner {partner}", new PostalAddress("Bonn", "DE"), BankAccount.OfIban(iban)), Currency.Eur) { TaxFormOnFile = true };
        Assert.True((await payees.SetAsync(partner, details, Actor.OfPartner("u-" + partner, "Contact", partner))).IsSuccess);
        Assert.True((await payees.VerifyAsync(partner, Currency.Eur, "call-back", Clerk)).IsSuccess);
    }

    /// <summary>What must hold after any step: the ledger balances, and lines, balances and statements agree with it.</summary>
    protected async Task CheckBooksAsync()
    {
        var entries = await Storage.ReadAsync((db, token) => db.Set<JournalEntry>().Include(entry => entry.Postings).ToListAsync(token));
        Assert.All(entries, entry => Assert.Equal(entry.Postings.Sum(posting => posting.Debit), entry.Postings.Sum(posting => posting.Credit)));
        foreach (var partner in (PartnerId[])[A, B])
        {
            var book = await Get<LedgerService>().BookAsync(System, partner);
            foreach (var balance in (await Get<StatementService>().BalancesAsync(partner, System)).Value)
            {
                Assert.Equal(book.Owed(balance.Currency, partner), balance.Owed);
                Assert.Equal(balance.Owed, balance.OnHold + balance.Approvable + balance.Approved);
                Assert.Equal(balance.Earned, balance.Paid + balance.Owed);
            }

            foreach (var statement in (await Get<StatementService>().GetAsync(partner, PayoutPeriod.Of(Today), System)).Value)
            {
                Assert.True(statement.Adds, statement.ToString());
                Assert.Equal(book.Owed(statement.Currency, partner), statement.Closing);
            }
        }
    }
}

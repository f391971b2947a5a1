using System.Text.Json;
using Ecosystem.Workflows.Incentives;
using Ecosystem.Workflows.Incentives.Files;
using Ecosystem.Workflows.Incentives.Ledger;
using Ecosystem.Workflows.Incentives.Payouts;
using Ecosystem.Workflows.Storage;

namespace Ecosystem.Workflows.Tests.Incentives;

/// <summary>A random history of lines, reversals, claw-backs, runs, cancelled runs and rejected payments, made with the product's pure functions.</summary>
internal sealed class IncentiveHistory(int seed)
{
    private static readonly Actor Clerk = Actor.Staff("u-1", "Clerk", ActorSource.Web, "finance");
    private readonly Random random = new(seed);
    private DateTimeOffset now = new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);

    public static IReadOnlyList<Currency> Currencies { get; } = [Currency.Eur, Currency.Usd];

    public IReadOnlyList<PartnerId> Partners { get; } = [new("ptn-a"), new("ptn-b"), new("ptn-c")];

    public List<IncentiveLine> Lines { get; } = [];

    public List<LineTransition> Steps { get; } = [];

    public List<JournalEntry> Entries { get; } = [];

    public List<string> Periods { get; } = [];

    private DateOnly Today => DateOnly.FromDateTime(now.UtcDateTime);

    public void Run(int months)
    {
        for (var month = 0; month < months; month++)
        {
            Periods.Add(PayoutPeriod.Of(Today));
            var start = now;
            for (var i = random.Next(0, 12); i > 0; i--)
            {
                now = start.AddDays(random.Next(0, 27)) is var at && at > now ? at : now;
                Step();
            }

            now = start.AddMonths(1);
            if (random.Next(4) > 0)
            {
                foreach (var currency in Currencies)
                {
                    Pay(currency);
                }
            }
        }

        Periods.Add(PayoutPeriod.Of(Today));
    }

    private void Step()
    {
        switch (random.Next(6))
        {
            case 0 when Lines.Find(line => line is { Status: LineStatus.OnHold or LineStatus.Approvable, Amount.Amount: > 0 }) is { } unpaid:
                Reverse(unpaid);
                break;
            case 1 when Lines.Find(line => line is { Status: LineStatus.Paid, Amount.Amount: > 0 }) is { } paid:
                Add(paid.PartnerId, -(paid.Amount * 0.5m).Rounded(), LineKind.Clawback, paid.Id, hold: 0);
                break;
            default:
                Add(Partners[random.Next(3)], new Money(random.Next(0, 100_000) / 100m, Currencies[random.Next(2)]), LineKind.Commission, null, random.Next(0, 40));
                break;
        }
    }

    private void Reverse(IncentiveLine original)
    {
        Move(original, LineStatus.Reversed);
        var line = Make(original.PartnerId, -original.Amount, LineKind.Reversal, original.Id, 0);
        Move(line, LineStatus.Approvable);
        Move(line, LineStatus.Reversed);
    }

    private void Add(PartnerId partner, Money amount, LineKind kind, LineId? corrects, int hold)
    {
        var line = Make(partner, amount, kind, corrects, hold);
        Move(line, hold > 0 ? LineStatus.OnHold : LineStatus.Approvable);
    }

    private IncentiveLine Make(PartnerId partner, Money amount, LineKind kind, LineId? corrects, int hold)
    {
        var line = new IncentiveLine
        {
            Id = new LineId($"line-{Lines.Count:0000}"),
            PartnerId = partner,
            Kind = kind,
            Event = "won",
            EarnedOn = Today,
            BookedOn = Today,
            Base = amount,
            Amount = amount,
            HoldUntil = Today.AddDays(hold),
            ReasonText = "test",
            CorrectsLineId = corrects,
            CalculatedAt = now,
        };
        Lines.Add(line);
        Post(LinePostings.Accrual(line, Clerk));
        return line;
    }

    private void Pay(Currency currency)
    {
        foreach (var line in Lines.Where(line => line.Status == LineStatus.OnHold && line.HoldUntil <= Today))
        {
            Move(line, LineStatus.Approvable);
        }

        var run = new PayoutRunId($"payout-{PayoutPeriod.Of(Today)}-{currency}");
        var approvable = Lines.Where(line => line.Status == LineStatus.Approvable && line.Amount.Currency == currency);
        var payouts = PayoutCalculation.Compute(approvable, Partners.ToDictionary(partner => partner, Payee), currency, minimum: 5m, now: DateTimeOffset.MaxValue);
        var cancelled = random.Next(4) == 0;
        var number = 0;
        foreach (var payout in payouts.Where(payout => payout.SkippedBecause is null))
        {
            var payment = new PayoutPayment
            {
                EndToEndId = $"{run}-{++number:000}",
                RunId = run,
                PartnerId = payout.Partner,
                Gross = payout.Gross,
                Netted = payout.Netted,
                TaxWithheld = payout.TaxWithheld,
                Amount = payout.Net,
                PayeeJson = "",
                DetailsBy = "",
            };
            Move(payout.Lines, LineStatus.Approved, run);
            Post(LinePostings.Approval(run, payout.Partner, payout.Lines, now, Clerk));
            if (!cancelled)
            {
                Move(payout.Lines, LineStatus.InBatch, run);
                Post(LinePostings.Release(payment, now, Clerk));
                if (random.Next(4) > 0)
                {
                    Move(payout.Lines, LineStatus.Paid, run);
                    continue;
                }

                Post(LinePostings.Rejection(payment, now, Clerk, "AC04"));
            }

            Post(LinePostings.Return(run, payout.Partner, payout.Lines, now, Clerk, "given back"));
            Move(payout.Lines, LineStatus.Approvable);
        }
    }

    private PayeeProfile Payee(PartnerId partner) => new()
    {
        PartnerId = partner,
        Currency = Currency.Eur,
        EditedBy = "u-2",
        VerifiedBy = "u-3",
        DetailsJson = JsonSerializer.Serialize(
            new PayeeDetails(new PaymentParty("P", new PostalAddress("Bonn", "DE"), BankAccount.OfIban("DE89370400440532013000")), Currency.Eur) { WithholdingPercent = partner.Value == "ptn-c" ? 24m : 0m },
            StoredJson.Options),
    };

    private void Move(IEnumerable<IncentiveLine> lines, LineStatus to, PayoutRunId? run = null)
    {
        foreach (var line in lines)
        {
            Move(line, to, run);
        }
    }

    private void Move(IncentiveLine line, LineStatus to, PayoutRunId? run = null) => Steps.Add(LineLifecycle.Move(line, to, now, Clerk, run: run));

    private void Post(JournalEntry? entry)
    {
        if (entry is not null)
        {
            Entries.Add(entry);
        }
    }
}

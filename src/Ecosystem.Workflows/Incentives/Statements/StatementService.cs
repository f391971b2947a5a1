using Ecosystem.Workflows.Incentives.Ledger;
using Ecosystem.Workflows.Incentives.Payouts;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Incentives.Statements;

/// <summary>Answers what a partner earned, and when it is paid.</summary>
/// <param name="session">The database.</param>
/// <param name="clock">The time.</param>
public sealed class StatementService(StorageSession session, TimeProvider clock)
{
    /// <summary>The statements of a month, one per currency in which the partner has anything.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="period">The month, as <c>yyyy-MM</c>.</param>
    /// <param name="actor">Who reads.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<IReadOnlyList<Statement>>> GetAsync(PartnerId partner, string period, Actor actor, CancellationToken cancellationToken = default)
    {
        if (!PayoutPeriod.IsValid(period))
        {
            return new Refusal("statement.period", $"'{period}' is not a month: write it as yyyy-MM, for example 2026-10.", "period");
        }

        if (!actor.MaySee(partner))
        {
            return Refusal.NotFound("partner", partner);
        }

        return Result<IReadOnlyList<Statement>>.Success(await session.ReadAsync(actor, (db, token) => BuildAsync(db, partner, period, token), cancellationToken));
    }

    /// <summary>What was paid, what is approved, and what is on hold until when and why; one balance per currency.</summary>
    /// <param name="partner">The partner.</param>
    /// <param name="actor">Who reads.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Result<IReadOnlyList<PartnerBalance>>> BalancesAsync(PartnerId partner, Actor actor, CancellationToken cancellationToken = default)
    {
        if (!actor.MaySee(partner))
        {
            return Refusal.NotFound("partner", partner);
        }

        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        return Result<IReadOnlyList<PartnerBalance>>.Success(await session.ReadAsync(actor, (db, token) => BalancesAsync(db, partner, today, token), cancellationToken));
    }

    /// <summary>Makes the statements of a month from the facts.</summary>
    internal static async Task<IReadOnlyList<Statement>> BuildAsync(EcosystemDbContext db, PartnerId partner, string period, CancellationToken cancellationToken)
    {
        var end = PayoutPeriod.End(period);
        var lines = await db.Set<IncentiveLine>().AsNoTracking().Where(line => line.PartnerId == partner && line.BookedOn <= end).ToListAsync(cancellationToken);
        var steps = await db.Set<LineTransition>().AsNoTracking().Where(step => step.PartnerId == partner && step.On <= end).ToListAsync(cancellationToken);
        var postings = await db.Set<JournalPosting>().AsNoTracking().Where(posting => posting.PartnerId == partner && posting.BookedOn <= end).ToListAsync(cancellationToken);
        var currencies = lines.Select(line => line.Amount.Currency).Concat(postings.Select(posting => posting.Currency)).Distinct();
        return [.. currencies.OrderBy(currency => currency.Code, StringComparer.Ordinal).Select(currency => StatementBuilder.Build(partner, period, currency, lines, steps, postings))];
    }

    /// <summary>
    /// Issues the statements of a month for every partner that has any; those issued before stay as they are. A month that is not over
    /// has none yet, as everything is booked on the day it is entered and so may still change it.
    /// </summary>
    internal static async Task<int> IssueAsync(EcosystemDbContext db, string period, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var end = PayoutPeriod.End(period);
        if (DateOnly.FromDateTime(now.UtcDateTime) <= end)
        {
            return 0;
        }

        var partners = await db.Set<IncentiveLine>().AsNoTracking().Where(line => line.BookedOn <= end).Select(line => line.PartnerId).Distinct().ToListAsync(cancellationToken);
        var issued = (await db.Set<IssuedStatement>().AsNoTracking().Where(statement => statement.Period == period).ToListAsync(cancellationToken))
            .Select(statement => (statement.PartnerId, statement.Currency)).ToHashSet();
        var count = 0;
        foreach (var partner in partners)
        {
            foreach (var statement in await BuildAsync(db, partner, period, cancellationToken))
            {
                if (issued.Add((partner, statement.Currency)))
                {
                    count++;
                    db.Add(new IssuedStatement
                    {
                        PartnerId = partner,
                        Period = period,
                        Currency = statement.Currency,
                        IssuedAt = now,
                        Closing = statement.Closing,
                        Hash = statement.Hash,
                    });
                }
            }
        }

        return count;
    }

    private static async Task<IReadOnlyList<PartnerBalance>> BalancesAsync(EcosystemDbContext db, PartnerId partner, DateOnly today, CancellationToken cancellationToken)
    {
        var lines = await db.Set<IncentiveLine>().AsNoTracking().Where(line => line.PartnerId == partner).ToListAsync(cancellationToken);
        var book = await LedgerService.BookAsync(db, partner, null, cancellationToken);
        return
        [
            .. lines.GroupBy(line => line.Amount.Currency).OrderBy(group => group.Key.Code, StringComparer.Ordinal)
                .Select(group => Balance(group.Key, [.. group], book.Owed(group.Key, partner), today)),
        ];
    }

    private static PartnerBalance Balance(Currency currency, IReadOnlyList<IncentiveLine> lines, Money owed, DateOnly today)
    {
        Money Sum(Func<IncentiveLine, bool> among) => new(lines.Where(among).Sum(line => line.Amount.Amount), currency);

        // A hold that has run out counts as free, whether or not the daily job has been past it.
        bool IsHeld(IncentiveLine line) => line.Status is LineStatus.Calculated or LineStatus.OnHold && (line.HoldUntil > today || line.HoldReason == LineHolds.TaxForm);
        bool IsFree(IncentiveLine line) => line.Status is LineStatus.Approvable || (line.Status is LineStatus.Calculated or LineStatus.OnHold && !IsHeld(line));

        var holds = lines.Where(IsHeld).GroupBy(line => (line.HoldUntil, line.HoldReason)).OrderBy(group => group.Key)
            .Select(group => new PartnerHold(group.Key.HoldUntil, group.Key.HoldReason, new Money(group.Sum(line => line.Amount.Amount), currency), group.Count()));
        return new PartnerBalance(
            currency,
            Sum(line => line.Status != LineStatus.Reversed && line.Kind != LineKind.Reversal),
            Sum(line => line.Status is LineStatus.InBatch or LineStatus.Paid),
            Sum(line => line.Status == LineStatus.Approved),
            Sum(IsFree),
            Sum(IsHeld),
            owed,
            [.. holds]);
    }
}

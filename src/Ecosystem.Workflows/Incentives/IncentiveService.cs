using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ecosystem.Workflows.Decisions;
using Ecosystem.Workflows.Incentives.Ledger;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Incentives;

/// <summary>Turns events into incentive lines, and takes back what was refunded.</summary>
/// <param name="session">The database.</param>
/// <param name="decisions">Asks the incentive plan.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The time.</param>
public sealed class IncentiveService(StorageSession session, DecisionService decisions, Audit audit, TimeProvider clock)
{
    /// <summary>The ruleset that computes what is earned.</summary>
    public const string Plan = "incentive-plan";

    /// <summary>Accrues what an event earns, once: an event that was accrued before gives the lines made then.</summary>
    /// <param name="accrual">The event.</param>
    /// <param name="actor">Who caused it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<IncentiveLine>> AccrueAsync(Accrual accrual, Actor actor, CancellationToken cancellationToken = default) =>
        session.WriteAsync((db, token) => AccrueAsync(db, accrual, actor, token), cancellationToken);

    /// <summary>
    /// Takes back the part of a deal's incentives that belongs to a refund to the customer: unpaid lines at once, paid lines within their
    /// claw-back window, never more than is left of a line. The same refund counts once.
    /// </summary>
    /// <param name="deal">The deal.</param>
    /// <param name="refund">Names the refund, for example a credit note; at most 60 characters.</param>
    /// <param name="fraction">Which part of the deal was refunded, above 0 and at most 1.</param>
    /// <param name="refundedOn">The day of the refund.</param>
    /// <param name="actor">Who enters it: finance.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Result<IReadOnlyList<IncentiveLine>>> RefundAsync(
        DealId deal, string refund, decimal fraction, DateOnly refundedOn, Actor actor, CancellationToken cancellationToken = default) =>
        session.WriteAsync((db, token) => RefundAsync(db, deal, refund, fraction, refundedOn, actor, token), cancellationToken);

    /// <summary>Frees every line whose hold has run out.</summary>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many lines were freed.</returns>
    public Task<int> ReleaseHoldsAsync(Actor actor, CancellationToken cancellationToken = default) => session.WriteAsync(
        (db, token) =>
        {
            var now = clock.GetUtcNow();
            return LineHolds.ReleaseAsync(db, DateOnly.FromDateTime(now.UtcDateTime), now, actor, token);
        },
        cancellationToken);

    internal async Task<IReadOnlyList<IncentiveLine>> AccrueAsync(EcosystemDbContext db, Accrual accrual, Actor actor, CancellationToken cancellationToken)
    {
        var deal = accrual.Deal;
        var known = await db.Set<IncentiveLine>().AsTracking()
            .Where(line => line.DealId == deal && line.Event == accrual.Event && line.Kind == LineKind.Commission).ToListAsync(cancellationToken);
        if (known.Count > 0)
        {
            return known;
        }

        var lines = new List<IncentiveLine>(accrual.Credits.Count);
        foreach (var (credit, credited) in accrual.Divide())
        {
            var decision = decisions.Decide(
                db, Plan, accrual.On, await InputsAsync(db, accrual, credit, credited, cancellationToken), accrual.Deal, actor, credit.Partner);
            lines.Add(await AddAsync(db, ToLine(accrual, credit, credited, decision), actor, cancellationToken));
        }

        return lines;
    }

    internal async Task<Result<IReadOnlyList<IncentiveLine>>> RefundAsync(
        EcosystemDbContext db, DealId deal, string refund, decimal fraction, DateOnly refundedOn, Actor actor, CancellationToken cancellationToken)
    {
        if (fraction is <= 0 or > 1)
        {
            return new Refusal("incentive.fraction", $"The refunded part is {fraction}; it must be above 0 and at most 1.", "fraction");
        }

        if (!actor.Has("finance"))
        {
            return Refusal.Forbidden("enter a refund", "finance");
        }

        var all = await db.Set<IncentiveLine>().AsTracking().Where(line => line.DealId == deal).ToListAsync(cancellationToken);
        var taken = new List<IncentiveLine>();
        foreach (var line in all.Where(line => line is { Kind: LineKind.Commission, Amount.Amount: > 0 } && line.Status != LineStatus.Reversed))
        {
            var left = all.Where(other => other.CorrectsLineId == line.Id).Aggregate(line.Amount, (sum, other) => sum + other.Amount);
            var wanted = (line.Amount * fraction).Rounded();
            var amount = wanted < left ? wanted : left;
            var late = line.PaidOn is { } paidOn && refundedOn > paidOn.AddDays(line.ClawbackDays);
            var id = IdOf(line.Id.Value, refund);
            if (amount.Amount > 0 && !late && all.TrueForAll(other => other.Id != id))
            {
                taken.Add(await AddAsync(db, TakenBack(line, id, amount, refund, refundedOn), actor, cancellationToken));
            }
        }

        audit.Add(db, actor, "incentive.refund", deal, refund, new { fraction, lines = taken.Count });
        return Result<IReadOnlyList<IncentiveLine>>.Success(taken);
    }

    /// <summary>Posts an amount that a ruleset granted rather than a deal earned, once per decision.</summary>
    internal async Task<IncentiveLine> GrantAsync(
        EcosystemDbContext db, PartnerId partner, string @event, Money amount, string reason, DecisionRecord decision, Actor actor, CancellationToken cancellationToken)
    {
        var id = IdOf(@event, decision.Id.Value, partner.Value);
        if (await db.FindAsync<IncentiveLine>([id], cancellationToken) is { } known)
        {
            return known;
        }

        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        return await AddAsync(
            db,
            new IncentiveLine
            {
                Id = id,
                PartnerId = partner,
                Kind = LineKind.Adjustment,
                Event = @event,
                EarnedOn = today,
                BookedOn = today,
                Base = amount,
                SharePercent = 100m,
                RatePercent = 100m,
                Amount = amount,
                HoldUntil = today,
                ReasonText = reason,
                DecisionId = decision.Id,
                RulesetVersion = $"{decision.Ruleset}@{decision.RulesetVersion}",
                CalculatedAt = now,
            },
            actor,
            cancellationToken);
    }

    private static LineId IdOf(params ReadOnlySpan<string> parts) =>
        new("line-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))).AsSpan(0, 13)));

    private static async Task<Dictionary<string, object?>> InputsAsync(
        EcosystemDbContext db, Accrual accrual, PartnerCredit credit, Money credited, CancellationToken cancellationToken)
    {
        var from = new DateOnly(accrual.On.Year, accrual.On.Month, 1);
        var until = from.AddMonths(1);
        var earned = await db.Set<IncentiveLine>().AsNoTracking()
            .Where(line => line.PartnerId == credit.Partner && line.EarnedOn >= from && line.EarnedOn < until && line.Kind == LineKind.Commission)
            .Select(line => new { line.Amount.Amount, line.Amount.Currency })
            .ToListAsync(cancellationToken);
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["event"] = accrual.Event,
            ["eventOn"] = accrual.On,
            ["tier"] = credit.Tier,
            ["role"] = credit.Role,
            ["productSeries"] = accrual.ProductSeries,
            ["amount"] = credited.Amount,
            ["currency"] = credited.Currency.Code,
            ["paidInPeriod"] = Math.Max(0m, earned.Where(line => line.Currency == credited.Currency).Sum(line => line.Amount)),
            ["taxFormOnFile"] = credit.TaxFormOnFile,
        };
    }

    private IncentiveLine ToLine(Accrual accrual, PartnerCredit credit, Money credited, Decision decision)
    {
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var hold = decision.TextOrNull("holdReason") ?? "none";
        return new IncentiveLine
        {
            Id = IdOf(accrual.Deal.Value, accrual.Event, credit.Partner.Value),
            PartnerId = credit.Partner,
            DealId = accrual.Deal,
            Kind = LineKind.Commission,
            Event = accrual.Event,
            EarnedOn = accrual.On,
            BookedOn = today,
            Base = credited,
            SharePercent = credit.SharePercent,
            RatePercent = decision.Number("rate"),
            Amount = new Money(decision.Number("earned"), credited.Currency).Rounded(),
            // A sale that is reported late is held as long as one reported at once: nobody shortens a hold by the day he names.
            HoldUntil = (accrual.On > today ? accrual.On : today).AddDays((int)decision.Number("holdDays")),
            HoldReason = hold,
            ClawbackDays = (int)decision.Number("clawbackDays"),
            ReasonText = decision.TextOrNull("arithmetic") ?? decision.Reason,
            DecisionId = decision.Id,
            RulesetVersion = $"{decision.Answer.Ruleset}@{decision.Answer.Version}",
            CalculatedAt = now,
        };
    }

    private IncentiveLine TakenBack(IncentiveLine line, LineId id, Money amount, string refund, DateOnly refundedOn)
    {
        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);

        // A line that no run has taken yet, and that is taken back whole, is reversed; everything else becomes a claim that the next run nets.
        var reverses = amount == line.Amount && line.RunId is null && line.Status is LineStatus.OnHold or LineStatus.Approvable;
        return new IncentiveLine
        {
            Id = id,
            PartnerId = line.PartnerId,
            DealId = line.DealId,
            Kind = reverses ? LineKind.Reversal : LineKind.Clawback,
            Event = "refund",
            EarnedOn = refundedOn,
            BookedOn = today,
            Base = -line.Base,
            SharePercent = line.SharePercent,
            RatePercent = line.RatePercent,
            Amount = -amount,
            HoldUntil = today,
            ReasonText = string.Create(CultureInfo.InvariantCulture, $"Refund {refund}: {amount} of {line.Amount} is taken back"),
            DecisionId = line.DecisionId,
            RulesetVersion = line.RulesetVersion,
            CorrectsLineId = line.Id,
            CalculatedAt = now,
        };
    }

    private async Task<IncentiveLine> AddAsync(EcosystemDbContext db, IncentiveLine line, Actor actor, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(line.CalculatedAt.UtcDateTime);
        db.Add(line);
        await LedgerService.PostAsync(db, LinePostings.Accrual(line, actor), cancellationToken);
        if (line.Kind == LineKind.Reversal)
        {
            var original = await db.FindAsync<IncentiveLine>([line.CorrectsLineId!.Value], cancellationToken);
            db.Append(LineLifecycle.Move(original!, LineStatus.Reversed, line.CalculatedAt, actor, line.ReasonText));
            db.Append(LineLifecycle.Move(line, LineStatus.Approvable, line.CalculatedAt, actor));
            db.Append(LineLifecycle.Move(line, LineStatus.Reversed, line.CalculatedAt, actor, "Netted against the line it takes back"));
        }
        else
        {
            var held = line.HoldUntil > today || line.HoldReason == LineHolds.TaxForm;
            db.Append(LineLifecycle.Move(line, held ? LineStatus.OnHold : LineStatus.Approvable, line.CalculatedAt, actor, held ? line.HoldReason : null));
        }

        audit.Add(db, actor, "incentive.accrued", new Subject("line", line.Id.Value), line.ReasonText, new { dealId = line.DealId, partnerId = line.PartnerId, amount = line.Amount, decisionId = line.DecisionId });
        return line;
    }
}

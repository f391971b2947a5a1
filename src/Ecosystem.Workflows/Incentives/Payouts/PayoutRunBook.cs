using System.Text.Json;
using Ecosystem.Workflows.Decisions;
using Ecosystem.Workflows.Incentives.Ledger;
using Ecosystem.Workflows.Incentives.Statements;
using Ecosystem.Workflows.Storage;
using Ecosystem.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Incentives.Payouts;

/// <summary>
/// The steps of a payout run as they change the books. Each takes a unit of work, checks where the run stands, and does nothing when
/// the step was done before, so that a step repeated after a crash changes nothing.
/// </summary>
/// <param name="options">Who pays, and how.</param>
/// <param name="screenings">Screens who is to be paid.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The time.</param>
internal sealed class PayoutRunBook(PayoutOptions options, PayeeScreenings screenings, Audit audit, TimeProvider clock)
{
    public async Task<PayoutRun> CalculateAsync(EcosystemDbContext db, PayoutRunId id, Actor actor, CancellationToken cancellationToken)
    {
        var run = await FindAsync(db, id, cancellationToken);
        if (run.Status != PayoutRunStatus.Requested)
        {
            return run;
        }

        var now = clock.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        await LineHolds.ReleaseAsync(db, today, now, actor, cancellationToken);
        var due = (await db.Set<IncentiveLine>().AsTracking()
                .Where(line => (line.Status == LineStatus.Approvable || line.Status == LineStatus.OnHold) && line.BookedOn <= run.PeriodEnd && line.Amount.Currency == run.Currency)
                .ToListAsync(cancellationToken))
            .Where(line => line.Status == LineStatus.Approvable && line.RunId is null).ToList();
        var payees = await db.Set<PayeeProfile>().AsNoTracking().Where(payee => payee.Currency == run.Currency).ToDictionaryAsync(payee => payee.PartnerId, cancellationToken);
        var screening = await screenings.ScreenAsync(db, [.. due.Select(line => line.PartnerId).Distinct().Where(payees.ContainsKey).Select(partner => payees[partner])], actor, cancellationToken);
        var payouts = PayoutCalculation.Compute(due, payees, run.Currency, options.MinimumPayment, now, screening.Hits.ToDictionary(hit => hit.PartnerId, hit => hit.Reason));
        var number = 0;
        foreach (var payout in payouts.Where(payout => payout.SkippedBecause is null))
        {
            var payee = payees[payout.Partner];
            db.Add(new PayoutPayment
            {
                EndToEndId = $"{id}-{++number:000}",
                RunId = id,
                PartnerId = payout.Partner,
                Number = number,
                Gross = payout.Gross,
                Netted = payout.Netted,
                TaxWithheld = payout.TaxWithheld,
                Amount = payout.Net,
                PayeeJson = payee.DetailsJson,
                DetailsBy = $"|{payee.EditedBy}|{payee.VerifiedBy}|",
            });
            foreach (var line in payout.Lines)
            {
                LineLifecycle.Reserve(line, id);
            }

            run.Gross += payout.Gross.Amount;
            run.Netted += payout.Netted.Amount;
            run.TaxWithheld += payout.TaxWithheld.Amount;
            run.Total += payout.Net.Amount;
            run.LineCount += payout.Lines.Count;
        }

        run.SkippedJson = JsonSerializer.Serialize(
            payouts.Where(payout => payout.SkippedBecause is not null).Select(payout => new SkippedPartner(payout.Partner, payout.Gross - payout.Netted, payout.SkippedBecause!)),
            StoredJson.Options);
        run.CalculatedAt = now;
        run.ApprovalsNeeded = options.QuorumFrom > 0 && run.Total >= options.QuorumFrom ? 2 : 1;
        run.Status = number > 0 ? PayoutRunStatus.Calculated : PayoutRunStatus.Empty;
        if (number == 0)
        {
            run.EndedAt = now;
            run.ReasonText = "Nothing was due.";
        }

        await StatementService.IssueAsync(db, run.Period, now, cancellationToken);
        audit.Add(db, actor, "payout.calculated", Subject(id), run.ReasonText, new { total = run.Total, lines = run.LineCount, payments = number, screenedAgainst = screening.ListVersion });
        return run;
    }

    public async Task<Result<PayoutRun>> ApproveAsync(EcosystemDbContext db, PayoutRunId id, Actor actor, CancellationToken cancellationToken)
    {
        var run = await FindAsync(db, id, cancellationToken);
        if (run.Status is PayoutRunStatus.Approved && run.ApprovedBy == actor.Id)
        {
            return run;
        }

        if (PayoutDuties.MayApprove(run, actor) is { } refusal)
        {
            return refusal;
        }

        if (await WroteNewRulesAsync(db, id, actor, cancellationToken))
        {
            return PayoutDuties.WroteItsRules();
        }

        if (run.ApprovalsNeeded > 1 && run.FirstApprovedBy is null)
        {
            run.FirstApprovedBy = actor.Id;
            audit.Add(db, actor, "payout.first-approved", Subject(id), null, new { total = run.Total });
            return run;
        }

        var now = clock.GetUtcNow();
        foreach (var (partner, lines) in await LinesByPartnerAsync(db, id, LineStatus.Approvable, cancellationToken))
        {
            Move(db, lines, LineStatus.Approved, now, actor, id);
            await LedgerService.PostAsync(db, LinePostings.Approval(id, partner, lines, now, actor), cancellationToken);
        }

        run.Status = PayoutRunStatus.Approved;
        run.ApprovedBy = actor.Id;
        run.ApprovedAt = now;
        audit.Add(db, actor, "payout.approved", Subject(id), null, new { total = run.Total });
        return run;
    }

    public async Task<Result<PayoutRun>> ReleaseAsync(EcosystemDbContext db, PayoutRunId id, Actor actor, CancellationToken cancellationToken)
    {
        var run = await FindAsync(db, id, cancellationToken);
        if (run.Status is PayoutRunStatus.Released && run.ReleasedBy == actor.Id)
        {
            return run;
        }

        var payments = await PaymentsAsync(db, id, cancellationToken);
        if (PayoutDuties.MayRelease(run, payments, actor) is { } refusal)
        {
            return refusal;
        }

        var now = clock.GetUtcNow();
        var screenedAgainst = await HoldAsync(db, run, payments, now, actor, cancellationToken);
        payments.RemoveAll(payment => payment.Status == PaymentStatus.Held);
        if (payments.Count == 0)
        {
            run.Status = PayoutRunStatus.Cancelled;
            run.EndedAt = now;
            run.ReasonText = "Every payment is held: compliance has to compare the payees with the sanctions list.";
            audit.Add(db, actor, "payout.cancelled", Subject(id), run.ReasonText, null);
            return run;
        }

        run.Status = PayoutRunStatus.Released;
        run.ReleasedBy = actor.Id;
        run.ReleasedAt = now;
        run.ExecutionDate = NextWorkingDay(DateOnly.FromDateTime(now.UtcDateTime));
        run.DebtorJson = JsonSerializer.Serialize(options.Debtor(run.Currency), StoredJson.Options);
        run.CompanyId = options.CompanyId;
        var files = PayoutFiles.WriteAll(run, payments);
        if (!files.TryGet(out var written))
        {
            return Result<PayoutRun>.Refused(files.Refusals);
        }

        foreach (var (partner, lines) in await LinesByPartnerAsync(db, id, LineStatus.Approved, cancellationToken))
        {
            Move(db, lines, LineStatus.InBatch, now, actor, id);
            var payment = payments.Single(payment => payment.PartnerId == partner);
            payment.Status = PaymentStatus.Sent;
            await LedgerService.PostAsync(db, LinePostings.Release(payment, now, actor), cancellationToken);
        }

        db.AddRange(written.Select(file => new PayoutFile
        {
            RunId = id,
            Format = file.Format,
            Name = file.Name,
            Sha256 = file.Sha256,
            Size = file.Content.Length,
            Total = new Money(run.Total, run.Currency),
            Payments = payments.Count,
        }));
        audit.Add(db, actor, "payout.released", Subject(id), null, new { total = run.Total, files = written.Select(file => new { file.Name, file.Sha256 }), screenedAgainst });
        return run;
    }

    /// <summary>Books the bank's answer: what it does not name as rejected is paid.</summary>
    public async Task<Result<PayoutRun>> SettleAsync(
        EcosystemDbContext db, PayoutRunId id, IReadOnlyDictionary<string, string> rejections, Actor actor, CancellationToken cancellationToken)
    {
        var run = await FindAsync(db, id, cancellationToken);
        if (run.Status is PayoutRunStatus.Settled)
        {
            return run;
        }

        if (run.Status is not PayoutRunStatus.Released)
        {
            return PayoutDuties.WrongStatus(run, "settled");
        }

        var payments = await PaymentsAsync(db, id, cancellationToken);
        if (rejections.Keys.FirstOrDefault(key => payments.TrueForAll(payment => payment.EndToEndId != key)) is { } unknown)
        {
            return new Refusal("payout.unknown-payment", $"The run {id} has no payment '{unknown}'.", "rejections");
        }

        var now = clock.GetUtcNow();
        foreach (var (partner, lines) in await LinesByPartnerAsync(db, id, LineStatus.InBatch, cancellationToken))
        {
            var payment = payments.Single(payment => payment.PartnerId == partner);
            if (rejections.TryGetValue(payment.EndToEndId, out var reason))
            {
                payment.Status = PaymentStatus.Rejected;
                payment.ReasonText = reason;
                await LedgerService.PostAsync(db, LinePostings.Rejection(payment, now, actor, reason), cancellationToken);
                await LedgerService.PostAsync(db, LinePostings.Return(id, partner, lines, now, actor, reason), cancellationToken);
                Move(db, lines, LineStatus.Approvable, now, actor, id, reason);
            }
            else
            {
                payment.Status = PaymentStatus.Settled;
                Move(db, lines, LineStatus.Paid, now, actor, id);
            }
        }

        run.Status = PayoutRunStatus.Settled;
        run.EndedAt = now;
        audit.Add(db, actor, "payout.settled", Subject(id), null, new { paid = payments.Where(payment => payment.Status == PaymentStatus.Settled).Sum(payment => payment.Amount.Amount), rejected = rejections.Count });
        return run;
    }

    /// <summary>Gives a run up and undoes what it had done; a released run cannot be cancelled, only settled with rejections.</summary>
    public async Task<Result<PayoutRun>> CancelAsync(EcosystemDbContext db, PayoutRunId id, string reason, Actor actor, CancellationToken cancellationToken)
    {
        var run = await FindAsync(db, id, cancellationToken);
        if (run.Status is PayoutRunStatus.Cancelled)
        {
            return run;
        }

        if (run.Status is not (PayoutRunStatus.Requested or PayoutRunStatus.Calculated or PayoutRunStatus.Approved))
        {
            return PayoutDuties.WrongStatus(run, "cancelled");
        }

        var now = clock.GetUtcNow();
        foreach (var (partner, lines) in await LinesByPartnerAsync(db, id, LineStatus.Approved, cancellationToken))
        {
            await LedgerService.PostAsync(db, LinePostings.Return(id, partner, lines, now, actor, reason), cancellationToken);
            Move(db, lines, LineStatus.Approvable, now, actor, id, reason);
        }

        foreach (var line in (await LinesByPartnerAsync(db, id, LineStatus.Approvable, cancellationToken)).SelectMany(group => group.Lines))
        {
            LineLifecycle.Reserve(line, null);
        }

        foreach (var payment in await PaymentsAsync(db, id, cancellationToken))
        {
            payment.Status = PaymentStatus.Cancelled;
        }

        run.Status = PayoutRunStatus.Cancelled;
        run.EndedAt = now;
        run.ReasonText = reason;
        audit.Add(db, actor, "payout.cancelled", Subject(id), reason, null);
        return run;
    }

    // The list may have changed since the run was calculated: who resembles an entry now is taken out, and owed as before the approval.
    private async Task<string> HoldAsync(EcosystemDbContext db, PayoutRun run, List<PayoutPayment> payments, DateTimeOffset now, Actor actor, CancellationToken cancellationToken)
    {
        var ids = payments.Select(payment => payment.PartnerId).ToList();
        var payees = await db.Set<PayeeProfile>().AsNoTracking().Where(payee => payee.Currency == run.Currency && ids.Contains(payee.PartnerId)).ToListAsync(cancellationToken);
        var screening = await screenings.ScreenAsync(db, payees, actor, cancellationToken);
        if (screening.Hits.Count == 0)
        {
            return screening.ListVersion;
        }

        var approved = (await LinesByPartnerAsync(db, run.Id, LineStatus.Approved, cancellationToken)).ToDictionary(group => group.Partner, group => group.Lines);
        foreach (var hit in screening.Hits)
        {
            var payment = payments.Single(payment => payment.PartnerId == hit.PartnerId);
            var lines = approved[hit.PartnerId];
            await LedgerService.PostAsync(db, LinePostings.Return(run.Id, hit.PartnerId, lines, now, actor, hit.Reason), cancellationToken);
            Move(db, lines, LineStatus.Approvable, now, actor, run.Id, hit.Reason);
            payment.Status = PaymentStatus.Held;
            payment.ReasonText = hit.Reason;
            run.Gross -= payment.Gross.Amount;
            run.Netted -= payment.Netted.Amount;
            run.TaxWithheld -= payment.TaxWithheld.Amount;
            run.Total -= payment.Amount.Amount;
            run.LineCount -= lines.Count;
            audit.Add(db, actor, "payout.payment-held", Subject(run.Id), hit.Reason, new { partnerId = hit.PartnerId, amount = payment.Amount });
        }

        return screening.ListVersion;
    }

    internal static Subject Subject(PayoutRunId id) => new("payout", id.Value);

    internal static async Task<List<PayoutPayment>> PaymentsAsync(EcosystemDbContext db, PayoutRunId id, CancellationToken cancellationToken) =>
        await db.Set<PayoutPayment>().AsTracking().Where(payment => payment.RunId == id).OrderBy(payment => payment.Number).ToListAsync(cancellationToken);

    internal static async Task<PayoutRun> FindAsync(EcosystemDbContext db, PayoutRunId id, CancellationToken cancellationToken) =>
        await db.FindAsync<PayoutRun>([id], cancellationToken) ?? throw new InvalidOperationException($"There is no payout run '{id}'.");

    private static async Task<List<(PartnerId Partner, List<IncentiveLine> Lines)>> LinesByPartnerAsync(
        EcosystemDbContext db, PayoutRunId id, LineStatus status, CancellationToken cancellationToken)
    {
        var lines = await db.Set<IncentiveLine>().AsTracking().Where(line => line.RunId == id && line.Status == status).ToListAsync(cancellationToken);
        return
        [
            // What this unit of work has moved already is still there in the database.
            .. lines.Where(line => line.RunId == id && line.Status == status).GroupBy(line => line.PartnerId).OrderBy(group => group.Key.Value, StringComparer.Ordinal)
                .Select(group => (group.Key, group.OrderBy(line => line.Id.Value, StringComparer.Ordinal).ToList())),
        ];
    }

    // Whether somebody wrote a version of the rules that this run is the first to pay by.
    private static async Task<bool> WroteNewRulesAsync(EcosystemDbContext db, PayoutRunId id, Actor actor, CancellationToken cancellationToken)
    {
        if (!SegregationOfDuties.MustBeApart(Duty.WriteRules, Duty.ApprovePayout))
        {
            return false;
        }

        var used = await db.Set<IncentiveLine>().AsNoTracking().Where(line => line.RunId == id && line.RulesetVersion != null).Select(line => line.RulesetVersion!).Distinct().ToListAsync(cancellationToken);
        foreach (var version in used)
        {
            if (await db.Set<StoredRuleset>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == version, cancellationToken) is { } written
                && written.ToVersion().Authors.Contains(actor.Id)
                && !await db.Set<IncentiveLine>().AnyAsync(line => line.RulesetVersion == version && line.RunId != id && line.Status == LineStatus.Paid, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    private static void Move(EcosystemDbContext db, List<IncentiveLine> lines, LineStatus to, DateTimeOffset now, Actor actor, PayoutRunId run, string? reason = null)
    {
        foreach (var line in lines)
        {
            db.Append(LineLifecycle.Move(line, to, now, actor, reason, run));
        }
    }

    private static DateOnly NextWorkingDay(DateOnly day)
    {
        do
        {
            day = day.AddDays(1);
        }
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
        return day;
    }
}

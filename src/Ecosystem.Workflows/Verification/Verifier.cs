using Ecosystem.Workflows.Attribution;
using Ecosystem.Workflows.Deals;
using Ecosystem.Workflows.Decisions;
using Ecosystem.Workflows.Incentives;
using Ecosystem.Workflows.Incentives.Files;
using Ecosystem.Workflows.Incentives.Ledger;
using Ecosystem.Workflows.Incentives.Payouts;
using Ecosystem.Workflows.Incentives.Statements;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Verification;

/// <summary>Recomputes what a data folder says about itself: audit chain, ledger, lines, credits, statements, payment files, decisions. Changes nothing.</summary>
/// <param name="session">The database.</param>
/// <param name="decisions">Replays decisions.</param>
public sealed class Verifier(StorageSession session, DecisionService decisions)
{
    private const int MostFindings = 100;

    /// <summary>Runs every check.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<VerificationReport> RunAsync(CancellationToken cancellationToken = default)
    {
        var checks = new List<CheckResult>();
        var findings = new List<Finding>();
        await AuditAsync(checks, findings, cancellationToken);
        (string Name, Func<EcosystemDbContext, CancellationToken, Task<(long Examined, List<string> Wrong)>> Run)[] facts =
        [
            ("journal entries balance", JournalAsync),
            ("lines follow from their steps", LinesAsync),
            ("ledger says what the lines say", LedgerAsync),
            ("credits of a won deal sum to it", CreditsAsync),
            ("issued statements come out again", StatementsAsync),
            ("payment files come out again", FilesAsync),
        ];
        foreach (var (name, run) in facts)
        {
            var (examined, wrong) = await session.ReadAsync(run, cancellationToken);
            Add(checks, findings, name, examined, wrong);
        }

        var replay = await decisions.ReplayAllAsync(cancellationToken);
        checks.Add(new CheckResult("decisions come out again", replay.Decisions, replay.DifferentCount));
        findings.AddRange(replay.Different.Take(MostFindings).Select(different => new Finding(
            "decisions come out again",
            $"{different.Id} ({different.Ruleset} {different.Version}): {string.Join("; ", different.Differences.Select(difference => $"{difference.Output} was {difference.Then}, is {difference.Now}"))}")));
        return new VerificationReport(checks, findings);
    }

    private async Task AuditAsync(List<CheckResult> checks, List<Finding> findings, CancellationToken cancellationToken)
    {
        var (entries, brokenAt) = await Audit.VerifyAsync(session, cancellationToken);
        Add(checks, findings, "audit chain", entries, brokenAt is { } at ? [$"the chain breaks at entry {at}"] : []);
    }

    private static void Add(List<CheckResult> checks, List<Finding> findings, string name, long examined, List<string> wrong)
    {
        checks.Add(new CheckResult(name, examined, wrong.Count));
        findings.AddRange(wrong.Take(MostFindings).Select(text => new Finding(name, text)));
    }

    private static async Task<(long Examined, List<string> Wrong)> JournalAsync(EcosystemDbContext db, CancellationToken cancellationToken)
    {
        var wrong = new List<string>();
        var entries = (await db.Set<JournalPosting>().ToListAsync(cancellationToken)).GroupBy(posting => posting.EntryId).ToList();
        foreach (var entry in entries)
        {
            foreach (var currency in entry.GroupBy(posting => posting.Currency))
            {
                var (debits, credits) = (currency.Sum(posting => posting.Debit), currency.Sum(posting => posting.Credit));
                if (debits != credits || currency.Any(posting => posting.Debit < 0 || posting.Credit < 0))
                {
                    wrong.Add($"{entry.Key}: debits {debits}, credits {credits} {currency.Key}");
                }
            }
        }

        return (entries.Count, wrong);
    }

    private static async Task<(long Examined, List<string> Wrong)> LinesAsync(EcosystemDbContext db, CancellationToken cancellationToken)
    {
        var wrong = new List<string>();
        var lines = await db.Set<IncentiveLine>().ToListAsync(cancellationToken);
        var steps = (await db.Set<LineTransition>().ToListAsync(cancellationToken)).ToLookup(step => step.LineId);
        foreach (var line in lines)
        {
            var status = LineStatus.Calculated;
            var number = 0;
            foreach (var step in steps[line.Id].OrderBy(step => step.Number))
            {
                if (step.Number != ++number || step.From != status || !LineLifecycle.Allows(step.From, step.To))
                {
                    wrong.Add($"{line.Id}: step {step.Number} from {step.From} to {step.To} cannot follow {status}");
                }

                status = step.To;
            }

            if (status != line.Status || number != line.Moves)
            {
                wrong.Add($"{line.Id} is {line.Status} after {line.Moves} steps; its steps lead to {status} after {number}");
            }

            if (line is { Kind: LineKind.Commission, DecisionId: null })
            {
                wrong.Add($"{line.Id} names no decision");
            }
        }

        return (lines.Count, wrong);
    }

    private static async Task<(long Examined, List<string> Wrong)> LedgerAsync(EcosystemDbContext db, CancellationToken cancellationToken)
    {
        var wrong = new List<string>();
        var book = await LedgerService.BookAsync(db, null, null, cancellationToken);
        var groups = (await db.Set<IncentiveLine>().ToListAsync(cancellationToken)).GroupBy(line => (line.PartnerId, line.Amount.Currency)).ToList();
        foreach (var group in groups)
        {
            var (partner, currency) = group.Key;
            Money Sum(params LineStatus[] among) => new(group.Where(line => among.Contains(line.Status)).Sum(line => line.Amount.Amount), currency);
            void Same(string what, Money lines, Money ledger)
            {
                if (lines != ledger)
                {
                    wrong.Add($"{partner} {what}: lines {lines}, ledger {ledger}");
                }
            }

            Same("owed", Sum(LineStatus.Calculated, LineStatus.OnHold, LineStatus.Approvable, LineStatus.Approved), book.Owed(currency, partner));
            Same("payable", Sum(LineStatus.Approved), book.Balance(LedgerAccount.PartnerPayable, currency, partner));
            Same(
                "paid",
                Sum(LineStatus.InBatch, LineStatus.Paid),
                book.Balance(LedgerAccount.TaxWithheld, currency, partner) - book.Balance(LedgerAccount.CashClearing, currency, partner));
        }

        return (groups.Count, wrong);
    }

    private static async Task<(long Examined, List<string> Wrong)> CreditsAsync(EcosystemDbContext db, CancellationToken cancellationToken)
    {
        var wrong = new List<string>();
        var won = await db.Set<Deal>().Where(deal => deal.State == DealState.Won).Select(deal => new { deal.Id, deal.WonAmount }).ToListAsync(cancellationToken);
        var credits = (await db.Set<DealCredit>().ToListAsync(cancellationToken)).ToLookup(credit => credit.DealId);
        var bases = (await db.Set<IncentiveLine>().Where(line => line.Kind == LineKind.Commission && line.DealId != null).ToListAsync(cancellationToken)).ToLookup(line => line.DealId!.Value);
        foreach (var deal in won)
        {
            var (credited, accrued) = (credits[deal.Id].Sum(credit => credit.Amount.Amount), bases[deal.Id].Sum(line => line.Base.Amount));
            if (credited != deal.WonAmount || accrued != deal.WonAmount || credits[deal.Id].Sum(credit => credit.Share) != 100m)
            {
                wrong.Add($"{deal.Id}: won {deal.WonAmount}, credited {credited}, basis of commissions {accrued}");
            }
        }

        return (won.Count, wrong);
    }

    private static async Task<(long Examined, List<string> Wrong)> StatementsAsync(EcosystemDbContext db, CancellationToken cancellationToken)
    {
        var wrong = new List<string>();
        var issued = await db.Set<IssuedStatement>().ToListAsync(cancellationToken);
        foreach (var month in issued.GroupBy(statement => (statement.PartnerId, statement.Period)))
        {
            var built = (await StatementService.BuildAsync(db, month.Key.PartnerId, month.Key.Period, cancellationToken)).ToDictionary(statement => statement.Currency);
            foreach (var statement in month)
            {
                if (!built.TryGetValue(statement.Currency, out var again) || again.Hash != statement.Hash || !again.Adds)
                {
                    wrong.Add($"{statement.PartnerId} {statement.Period} {statement.Currency}: issued with closing {statement.Closing}, now {again?.Closing.ToString() ?? "nothing"}");
                }
            }
        }

        return (issued.Count, wrong);
    }

    private static async Task<(long Examined, List<string> Wrong)> FilesAsync(EcosystemDbContext db, CancellationToken cancellationToken)
    {
        var wrong = new List<string>();
        var files = await db.Set<PayoutFile>().ToListAsync(cancellationToken);
        foreach (var file in files)
        {
            var run = await db.Set<PayoutRun>().SingleAsync(run => run.Id == file.RunId, cancellationToken);
            var payments = await db.Set<PayoutPayment>().Where(payment => payment.RunId == file.RunId && payment.Status != PaymentStatus.Held).ToListAsync(cancellationToken);
            var again = PaymentFile.Write(PayoutFiles.Batch(run, payments), file.Format);
            if (!again.TryGet(out var written) || written.Sha256 != file.Sha256 || payments.Sum(payment => payment.Amount.Amount) != run.Total)
            {
                wrong.Add($"{file.Name}: released with hash {file.Sha256} and total {run.Total}, now {(again.IsSuccess ? again.Value.Sha256 : again.Refusal!.Message)} and {payments.Sum(payment => payment.Amount.Amount)}");
            }
        }

        return (files.Count, wrong);
    }
}

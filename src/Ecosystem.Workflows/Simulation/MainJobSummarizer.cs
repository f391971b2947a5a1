using System.Diagnostics;
using Ecosystem.Workflows.Attribution;
using Ecosystem.Workflows.Conflicts;
using Ecosystem.Workflows.Deals;
using Ecosystem.Workflows.Decisions;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Incentives;
using Ecosystem.Workflows.Incentives.Ledger;
using Ecosystem.Workflows.Incentives.Payouts;
using Ecosystem.Workflows.Integration;
using Ecosystem.Workflows.Partners;
using Ecosystem.Workflows.Storage;
using Ecosystem.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Simulation;

/// <summary>Sums up a data folder after a main job; reads only.</summary>
internal sealed class MainJobSummarizer(StorageSession session, DecisionService decisions)
{
    public async Task<MainJobSummary> SumUpAsync(MainJobPlan plan, bool unchanged, Stopwatch watch, CancellationToken cancellationToken)
    {
        var replay = await decisions.ReplayAllAsync(cancellationToken);
        var (entries, brokenAt) = await Audit.VerifyAsync(session, cancellationToken);
        var summary = await session.ReadAsync((db, token) => ReadAsync(db, plan, unchanged, token), cancellationToken);
        using var process = Process.GetCurrentProcess();
        return summary with
        {
            Decisions = summary.Decisions with { Replayed = replay.Decisions, Differences = replay.DifferentCount },
            Audit = new SummaryAudit(entries, brokenAt is null),
            WallSeconds = Math.Round(watch.Elapsed.TotalSeconds, 1),
            PeakMemory = Math.Round(process.PeakWorkingSet64 / 1048576d, 1),
        };
    }

    private static async Task<MainJobSummary> ReadAsync(EcosystemDbContext db, MainJobPlan plan, bool unchanged, CancellationToken token)
    {
        var currency = plan.Options.Currency;
        var position = await db.Set<MainJobPosition>().SingleAsync(token);
        var deals = await db.Set<Deal>().Select(deal => new { deal.Id, deal.State, deal.WonAmount }).ToListAsync(token);
        var won = deals.Where(deal => deal.State == DealState.Won).ToList();
        var credited = (await db.Set<DealCredit>().Select(credit => new { credit.DealId, credit.Amount.Amount }).ToListAsync(token))
            .GroupBy(credit => credit.DealId).ToDictionary(group => group.Key, group => group.Sum(credit => credit.Amount));
        var lines = await db.Set<IncentiveLine>().Where(line => line.Amount.Currency == currency)
            .Select(line => new { line.Status, line.Amount.Amount }).ToListAsync(token);
        var conflicts = await CountAsync(db.Set<Conflict>().GroupBy(conflict => new { conflict.Status, conflict.Outcome }).Select(group => new { Key = group.Key.Outcome, group.Key.Status, Count = group.Count() }), row => row.Key ?? row.Status.ToString(), row => row.Count, token);
        var cases = await CountAsync(db.Set<CaseRecord>().GroupBy(record => record.Kind).Select(group => new { group.Key, Count = group.Count() }), row => row.Key, row => row.Count, token);
        var tasks = await CountAsync(db.Set<HumanTask>().GroupBy(task => task.Type).Select(group => new { group.Key, Count = group.Count() }), row => row.Key, row => row.Count, token);
        var rulesets = await CountAsync(db.Set<DecisionRecord>().GroupBy(record => record.Ruleset).Select(group => new { group.Key, Count = group.Count() }), row => row.Key, row => row.Count, token);
        var partners = await CountAsync(db.Set<Partner>().GroupBy(partner => partner.Status).Select(group => new { group.Key, Count = group.Count() }), row => row.Key.ToString(), row => row.Count, token);
        var runs = await RunsAsync(db, token);
        decimal Sum(Func<LineStatus, bool> among) => lines.Where(line => among(line.Status)).Sum(line => line.Amount);
        return new MainJobSummary
        {
            Finished = position.FinishedAt is not null,
            Unchanged = unchanged,
            Source = plan.Options.DataFolder ?? "made up",
            Period = new SummaryPeriod(plan.FirstDay, plan.LastDay, position.Now),
            Assumptions = Assumptions(plan),
            Partners = partners.Values.Sum(),
            PartnersByStatus = partners,
            Deals = deals.Count,
            DealsByState = deals.GroupBy(deal => deal.State).OrderBy(group => group.Key).ToDictionary(group => group.Key.ToString(), group => group.Count()),
            Rows = Rows(plan),
            Conflicts = conflicts.Values.Sum(),
            ConflictsByOutcome = conflicts,
            WonAmount = new Money(won.Sum(deal => deal.WonAmount ?? 0m), currency),
            CreditedAmount = new Money(credited.Values.Sum(), currency),
            DealsCreditedWrongly = won.Count(deal => credited.GetValueOrDefault(deal.Id) != deal.WonAmount),
            Accrued = new Money(Sum(_ => true), currency),
            Paid = new Money(Sum(status => status == LineStatus.Paid), currency),
            Held = new Money(Sum(status => status is not (LineStatus.Paid or LineStatus.Reversed)), currency),
            Ledger = await LedgerAsync(db, token),
            PayoutRuns = runs,
            PayoutFiles = runs.Sum(run => run.Files.Count),
            WorkflowsRun = cases.Values.Sum(),
            CasesByKind = cases,
            HumanTasks = tasks.Values.Sum(),
            HumanTasksByType = tasks,
            SimulatedPeople = await PeopleAsync(db, plan, token),
            Decisions = new SummaryDecisions(rulesets.Values.Sum(), rulesets, 0, 0),
            Audit = new SummaryAudit(0, Intact: false),
            WallSeconds = 0,
            PeakMemory = 0,
        };
    }

    private static SummaryRows Rows(MainJobPlan plan)
    {
        var findings = plan.Data.Findings;
        int Count(ImportFindingKind kind) => findings.Count(finding => finding.Kind == kind);
        return new SummaryRows(
            plan.Data.Opportunities.Count,
            plan.Deals.Count,
            Count(ImportFindingKind.Rejected),
            Count(ImportFindingKind.Repaired),
            Count(ImportFindingKind.Noted),
            [
                .. findings.GroupBy(finding => (finding.Kind, finding.File, finding.Field, finding.Reason))
                    .Select(group => new SummaryReason(
                        group.Key.Kind.ToString().ToLowerInvariant(), group.Key.File, group.Key.Field, group.Key.Reason, group.Count(), [.. group.Take(5).Select(finding => finding.Row)])),
            ]);
    }

    private static async Task<IReadOnlyList<SummaryRun>> RunsAsync(EcosystemDbContext db, CancellationToken token)
    {
        var files = (await db.Set<PayoutFile>().ToListAsync(token)).ToLookup(file => file.RunId);
        return
        [
            .. (await db.Set<PayoutRun>().OrderBy(run => run.Period).ThenBy(run => run.Id).ToListAsync(token)).Select(run => new SummaryRun(
                run.Id.Value,
                run.Period,
                run.Status.ToString(),
                run.LineCount,
                new Money(run.Total, run.Currency),
                files[run.Id].Select(file => file.Total).FirstOrDefault(Money.Zero(run.Currency)),
                [.. files[run.Id].Select(file => file.Name).Order(StringComparer.Ordinal)])),
        ];
    }

    private static async Task<IReadOnlyList<SummaryLedger>> LedgerAsync(EcosystemDbContext db, CancellationToken token)
    {
        var book = await LedgerService.BookAsync(db, null, null, token);
        return
        [
            .. book.Currencies.Select(currency =>
            {
                var (debits, credits) = book.Totals(currency);
                return new SummaryLedger(currency, debits, credits, LedgerAccounts.All.ToDictionary(account => account.ToName(), account => book.Balance(account, currency)));
            }),
        ];
    }

    private static async Task<IReadOnlyList<SummaryPerson>> PeopleAsync(EcosystemDbContext db, MainJobPlan plan, CancellationToken token)
    {
        var answered = await CountAsync(
            db.Set<HumanTask>().Where(task => task.CompletedBy != null).GroupBy(task => task.CompletedBy!).Select(group => new { group.Key, Count = group.Count() }), row => row.Key, row => row.Count, token);
        return
        [
            .. new SimulatedPeople(plan.Partners, plan.Options).All.Select(actor => new SummaryPerson(
                actor.Id, actor.Name, [.. actor.Roles.Order(StringComparer.Ordinal)], answered.GetValueOrDefault(actor.Id))),
        ];
    }

    private static async Task<SortedDictionary<string, int>> CountAsync<T>(IQueryable<T> query, Func<T, string> key, Func<T, int> count, CancellationToken token)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var row in await query.ToListAsync(token))
        {
            counts[key(row)] = counts.GetValueOrDefault(key(row)) + count(row);
        }

        return counts;
    }

    private static List<string> Assumptions(MainJobPlan plan) =>
    [
        $"The export names no currency; its amounts are taken as {plan.Options.Currency}.",
        $"A manager stands for a partner company; the export names no country for it, {plan.Options.PartnerCountry} is taken.",
        "The export has no estimates; a deal is registered at the list price of its product.",
        "Bank details and tax forms are simulated: a published example bank, accounts that do not exist.",
        "An opportunity without an account is not registered as a deal: there is no customer to register it for. Its row is reported as rejected.",
        "An opportunity that is still prospecting has no engage date and is not registered.",
        "While the export shows a deal as engaging, its partner asks for an extension ten days before the protection ends; after the export's last day nobody asks.",
        $"A payout run is asked for on the fifth of every month; time goes on after {plan.LastDay:yyyy-MM-dd} until every hold has run out and every line is paid.",
    ];
}

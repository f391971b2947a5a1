using Ecosystem.Workflows.Incentives;
using Ecosystem.Workflows.Incentives.Payouts;
using Ecosystem.Workflows.Incentives.Statements;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Scheduling;

/// <summary>Closes a month: issues its statements, and asks for its payout runs, one per currency in which anything can be paid.</summary>
/// <param name="session">The database.</param>
/// <param name="runs">Takes the runs.</param>
/// <param name="clock">The time.</param>
public sealed class PayoutCalendar(StorageSession session, PayoutRunService runs, TimeProvider clock)
{
    private static readonly Actor Caller = Actor.System("payout-calendar");

    /// <summary>Issues last month's statements and asks for its runs. What is there already stays as it is.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The runs that were asked for.</returns>
    public async Task<IReadOnlyList<PayoutRunId>> RunAsync(CancellationToken cancellationToken = default)
    {
        var period = PayoutPeriod.Of(DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddMonths(-1));
        var end = PayoutPeriod.End(period);
        await session.WriteAsync((db, token) => StatementService.IssueAsync(db, period, clock.GetUtcNow(), token), cancellationToken);
        var currencies = await session.ReadAsync(
            async (db, token) =>
            {
                var payable = await db.Set<IncentiveLine>()
                    .Where(line => (line.Status == LineStatus.OnHold || line.Status == LineStatus.Approvable) && line.BookedOn <= end && line.RunId == null)
                    .Select(line => line.Amount.Currency).Distinct().ToListAsync(token);
                var there = await db.Set<PayoutRun>().Where(run => run.Period == period && run.Status != PayoutRunStatus.Cancelled).Select(run => run.Currency).ToListAsync(token);
                return payable.Except(there).OrderBy(currency => currency.Code, StringComparer.Ordinal).ToList();
            },
            cancellationToken);
        var asked = new List<PayoutRunId>();
        foreach (var currency in currencies)
        {
            if ((await runs.RequestAsync(period, currency, Caller, cancellationToken)).TryGet(out var run))
            {
                asked.Add(run.Id);
            }
        }

        return asked;
    }
}

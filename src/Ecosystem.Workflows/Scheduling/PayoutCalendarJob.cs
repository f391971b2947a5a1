using Quartz;

namespace Ecosystem.Workflows.Scheduling;

/// <summary>Asks for last month's payout runs.</summary>
/// <param name="calendar">Does it.</param>
[DisallowConcurrentExecution]
public sealed class PayoutCalendarJob(PayoutCalendar calendar) : IJob
{
    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await calendar.RunAsync(cancellationToken);
}

using Quartz;

namespace Ecosystem.Workflows.Scheduling;

/// <summary>Screens partners again that are due.</summary>
/// <param name="rescreenings">Does it.</param>
[DisallowConcurrentExecution]
public sealed class RescreeningJob(Rescreenings rescreenings) : IJob
{
    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await rescreenings.RunAsync(cancellationToken);
}

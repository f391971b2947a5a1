using Quartz;

namespace Ecosystem.Workflows.Scheduling;

/// <summary>Sweeps protections and holds every day.</summary>
/// <param name="sweep">Does it.</param>
[DisallowConcurrentExecution]
public sealed class ProtectionSweepJob(ProtectionSweep sweep) : IJob
{
    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await sweep.RunAsync(cancellationToken);
}

using Quartz;

namespace Ecosystem.Workflows.Scheduling;

/// <summary>Looks for partners that went quiet.</summary>
/// <param name="reEnablements">Does it.</param>
[DisallowConcurrentExecution]
public sealed class ReEnablementJob(ReEnablements reEnablements) : IJob
{
    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await reEnablements.RunAsync(cancellationToken);
}

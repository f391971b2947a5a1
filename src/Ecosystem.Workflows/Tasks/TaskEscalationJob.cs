using Quartz;

namespace Ecosystem.Workflows.Tasks;

/// <summary>Escalates tasks that are late, and hands the tasks of people who are away to those who stand in for them.</summary>
/// <param name="escalation">Does it.</param>
[DisallowConcurrentExecution]
public sealed class TaskEscalationJob(TaskEscalation escalation) : IJob
{
    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await escalation.RunAsync(cancellationToken);
}

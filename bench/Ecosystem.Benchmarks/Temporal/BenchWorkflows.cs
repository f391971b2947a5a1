using Temporalio.Activities;
using Temporalio.Workflows;

namespace Ecosystem.Benchmarks.Temporal;

/// <summary>One activity, as the figures of the peers were measured with.</summary>
[Workflow]
public sealed class BenchWorkflow
{
    [Activity]
    public static int Echo(int value) => value;

    [WorkflowRun]
    public async Task<int> RunAsync(int value) =>
        await Workflow.ExecuteActivityAsync(() => Echo(value), new() { StartToCloseTimeout = TimeSpan.FromMinutes(1) });
}

/// <summary>Sleeps until a time.</summary>
[Workflow]
public sealed class BenchTimerWorkflow
{
    [WorkflowRun]
    public async Task RunAsync(DateTime due)
    {
        var rest = due - Workflow.UtcNow;
        await Workflow.DelayAsync(rest > TimeSpan.Zero ? rest : TimeSpan.FromMilliseconds(1));
    }
}

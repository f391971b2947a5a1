using Temporalio.Activities;
using Temporalio.Workflows;

namespace Ecosystem.Temporal.Tests.Sdk.Conformance;

/// <summary>Runs an activity that heartbeats until it is told to stop and answers why.</summary>
[Workflow]
public class InterruptedWorkflow
{
    [Activity]
    public static async Task<string> WaitAsync()
    {
        var context = ActivityExecutionContext.Current;
        while (!context.CancellationToken.IsCancellationRequested)
        {
            context.Heartbeat(context.Info.Attempt);
            await Task.Yield();
        }

        var details = context.CancellationDetails!;
        return details.IsPaused ? "paused" : details.IsReset ? "reset" : details.IsCancelRequested ? "canceled" : "else";
    }

    [WorkflowRun]
    public Task<string> RunAsync() => Workflow.ExecuteActivityAsync(
        () => WaitAsync(),
        new() { ActivityId = "wait", StartToCloseTimeout = TimeSpan.FromMinutes(5), HeartbeatTimeout = TimeSpan.FromMinutes(1) });
}

using Temporalio.Activities;
using Temporalio.Workflows;

namespace Ecosystem.Workflows.Definitions;

/// <summary>What a schedule starts: a case of a definition, at the activity that triggered it.</summary>
/// <param name="DefinitionId">The definition.</param>
/// <param name="ActivityId">The trigger.</param>
internal sealed record ScheduledStart(string DefinitionId, string ActivityId);

/// <summary>Started by a Temporal schedule; starts a case of the version that is in force then.</summary>
[Workflow(Type)]
internal sealed class ScheduledStartWorkflow
{
    internal const string Type = "ScheduledStart";

    /// <summary>Starts the case.</summary>
    /// <param name="start">Which.</param>
    /// <returns>The id of the case, or null when the definition is not published any more.</returns>
    [WorkflowRun]
    public Task<string?> RunAsync(ScheduledStart start) => Workflow.ExecuteActivityAsync(
        (ScheduledStartActivities activities) => activities.StartAsync(start, Workflow.Info.RunId),
        new ActivityOptions { StartToCloseTimeout = TimeSpan.FromSeconds(30) });
}

/// <summary>The activity of <see cref="ScheduledStartWorkflow"/>.</summary>
/// <param name="starts">Starts cases for triggers.</param>
internal sealed class ScheduledStartActivities(TriggeredStarts starts)
{
    /// <summary>Starts a case; a repeat gives the same.</summary>
    [Activity("ScheduledStart")]
    public async Task<string?> StartAsync(ScheduledStart start, string runId) =>
        (await starts.StartAsync(start.DefinitionId, start.ActivityId, "case-" + runId, ActivityExecutionContext.Current.CancellationToken))?.Value;
}

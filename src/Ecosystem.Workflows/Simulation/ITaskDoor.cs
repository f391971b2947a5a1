using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Simulation;

/// <summary>The door through which simulated people answer tasks: the same one that real people use.</summary>
internal interface ITaskDoor
{
    /// <summary>Answers a task; gives the reasons when the answer is not taken.</summary>
    Task<IReadOnlyList<Refusal>> CompleteAsync(TaskId task, string outcome, JsonObject data, string comment, Actor actor, CancellationToken cancellationToken);
}

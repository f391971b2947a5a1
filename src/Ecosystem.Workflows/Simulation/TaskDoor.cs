using System.Text.Json.Nodes;
using Ecosystem.Workflows.Tasks;

namespace Ecosystem.Workflows.Simulation;

/// <summary>The door of the inbox.</summary>
internal sealed class TaskDoor(TaskService tasks) : ITaskDoor
{
    public async Task<IReadOnlyList<Refusal>> CompleteAsync(TaskId task, string outcome, JsonObject data, string comment, Actor actor, CancellationToken cancellationToken) =>
        (await tasks.CompleteAsync(task, outcome, data, comment, actor, cancellationToken)).Refusals;
}

namespace Ecosystem.Workflows.Tasks;

/// <summary>What a signed link opens.</summary>
/// <param name="Task">The task.</param>
/// <param name="Actor">For whom it is.</param>
public sealed record LinkedTask(TaskView Task, Actor Actor);

namespace Ecosystem.Workflows.Definitions;

/// <summary>A step that is done and that can be undone.</summary>
/// <param name="ActivityId">The activity.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Step">The step type that undoes it.</param>
/// <param name="Data">What the undoing step gets: the inputs and outputs of the step that is done.</param>
internal sealed record UndoEntry(string ActivityId, string Name, string Step, Dictionary<string, object?> Data);

namespace Ecosystem.Workflows.Definitions;

/// <summary>A step that failed and waits for somebody to decide.</summary>
/// <param name="StepId">The activity in the definition.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Text">What went wrong.</param>
/// <param name="At">When it failed last.</param>
/// <param name="Outcomes">The outcomes somebody can answer with in its place; at least one.</param>
public sealed record CaseIncident(string StepId, string Name, string Text, DateTimeOffset At, IReadOnlyList<string> Outcomes);

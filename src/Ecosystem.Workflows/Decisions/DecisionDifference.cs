namespace Ecosystem.Workflows.Decisions;

/// <summary>One output that came out differently.</summary>
/// <param name="Output">The output; empty when the evaluation failed as a whole.</param>
/// <param name="Then">The stored value, as JSON; null when there was none.</param>
/// <param name="Now">The value now, as JSON, or the error; null when there is none.</param>
public sealed record DecisionDifference(string Output, string? Then, string? Now);

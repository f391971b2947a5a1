namespace Ecosystem.Workflows.Definitions;

/// <summary>A difference between two versions of a definition.</summary>
/// <param name="Kind"><c>added</c>, <c>removed</c> or <c>changed</c>.</param>
/// <param name="Activity">The activity; null when it is about the definition as a whole.</param>
/// <param name="Text">The difference in words.</param>
public sealed record DefinitionChange(string Kind, string? Activity, string Text);

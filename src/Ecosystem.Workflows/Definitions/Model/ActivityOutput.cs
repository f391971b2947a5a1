namespace Ecosystem.Workflows.Definitions;

/// <summary>One output of an activity that is captured.</summary>
/// <param name="Name">Camel-cased name.</param>
/// <param name="Reference">The id of the variable, or the name of the definition's output, it is captured in; null when it is only remembered.</param>
internal sealed record ActivityOutput(string Name, string? Reference);

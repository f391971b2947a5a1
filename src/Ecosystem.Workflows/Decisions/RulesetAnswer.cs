namespace Ecosystem.Workflows.Decisions;

/// <summary>What a ruleset answered.</summary>
/// <param name="Ruleset">The name of the ruleset.</param>
/// <param name="Version">The version that was in force.</param>
/// <param name="Outputs">The outputs by name.</param>
/// <param name="TraceJson">The trace as JSON: rows hit, values seen, reasons.</param>
/// <param name="Reasons">The reasons in plain words, in the order in which they arose.</param>
public sealed record RulesetAnswer(string Ruleset, string Version, IReadOnlyDictionary<string, object?> Outputs, string TraceJson, IReadOnlyList<string> Reasons)
{
    /// <summary>The outputs as a JSON object.</summary>
    public string OutputsJson => DecisionJson.Write(Outputs);
}

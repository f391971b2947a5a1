namespace Ecosystem.Rules.Diagnostics;

/// <summary>A fact of a match.</summary>
/// <param name="Variable">Variable of the rule it is bound to.</param>
/// <param name="Type">Name of its type.</param>
/// <param name="Value">The fact as text.</param>
/// <param name="Source">Where it comes from in plain words; empty for a fact that was inserted.</param>
public sealed record FactExplanation(string Variable, string Type, string Value, string Source);

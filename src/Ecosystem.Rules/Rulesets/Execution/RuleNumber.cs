namespace Ecosystem.Rules.Rulesets;

/// <summary>A number computed over several facts.</summary>
/// <param name="Value">The number; null for the smallest or largest of none.</param>
internal sealed record RuleNumber(decimal? Value);

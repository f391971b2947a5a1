namespace Ecosystem.Rules.Rulesets;

/// <summary>What an evaluation found and how.</summary>
/// <param name="Outputs">Value of every declared output, by name: text, <c>decimal</c>, <c>bool</c>, <c>DateOnly</c>, lists and records of these, or null.</param>
/// <param name="Trace">How it came about.</param>
public sealed record RulesetResult(IReadOnlyDictionary<string, object?> Outputs, RulesetTrace Trace);

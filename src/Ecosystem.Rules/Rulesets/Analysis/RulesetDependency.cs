namespace Ecosystem.Rules.Rulesets;

/// <summary>An input of one ruleset that takes an output of another.</summary>
/// <param name="Ruleset">The ruleset that needs it.</param>
/// <param name="Input">Its input.</param>
/// <param name="FromRuleset">The ruleset that gives it.</param>
/// <param name="FromOutput">Its output.</param>
public sealed record RulesetDependency(string Ruleset, string Input, string FromRuleset, string FromOutput);

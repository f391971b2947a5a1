namespace Ecosystem.Rules.Rulesets;

/// <summary>Computes named values one after the other.</summary>
/// <param name="Id">Identifier, unique in the ruleset.</param>
/// <param name="Values">Name and expression of each value, in order.</param>
public sealed record ValuesSection(string Id, IReadOnlyList<KeyValuePair<string, RulesetSourceText>> Values) : RulesetSection(Id);

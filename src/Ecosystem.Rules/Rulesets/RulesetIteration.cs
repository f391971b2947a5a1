namespace Ecosystem.Rules.Rulesets;

/// <summary>Names the elements of a list one by one: <c>NAME in LIST</c>.</summary>
/// <param name="Name">Name under which expressions see the element.</param>
/// <param name="List">Expression that gives the list.</param>
public sealed record RulesetIteration(string Name, RulesetSourceText List);

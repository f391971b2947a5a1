namespace Ecosystem.Rules.Rulesets;

/// <summary>One decision that comes out differently.</summary>
/// <param name="Id">Identifier of the decision.</param>
/// <param name="Subject">Whom it concerns.</param>
/// <param name="Differences">What is different.</param>
/// <param name="MoneyBefore">Money under the version in force.</param>
/// <param name="MoneyAfter">Money under the new version.</param>
public sealed record ImpactChange(string Id, string? Subject, IReadOnlyList<ImpactDifference> Differences, decimal MoneyBefore, decimal MoneyAfter);

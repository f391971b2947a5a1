namespace Ecosystem.Rules.Rulesets;

/// <summary>What changes for one partner or other subject.</summary>
/// <param name="Subject">Whom it concerns.</param>
/// <param name="Changed">Decisions that come out differently.</param>
/// <param name="MoneyBefore">Money under the version in force.</param>
/// <param name="MoneyAfter">Money under the new version.</param>
public sealed record ImpactSubject(string Subject, long Changed, decimal MoneyBefore, decimal MoneyAfter);

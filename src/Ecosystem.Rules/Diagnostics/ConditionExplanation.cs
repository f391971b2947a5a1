namespace Ecosystem.Rules.Diagnostics;

/// <summary>A condition of a rule with the values it saw.</summary>
/// <param name="Condition">The condition as written.</param>
/// <param name="Values">What its parts are worth, such as <c>p.Score = 60</c>.</param>
/// <param name="Holds">Whether it is true now.</param>
public sealed record ConditionExplanation(string Condition, IReadOnlyList<string> Values, bool Holds);

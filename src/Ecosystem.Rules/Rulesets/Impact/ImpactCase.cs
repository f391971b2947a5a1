namespace Ecosystem.Rules.Rulesets;

/// <summary>A stored decision to run again.</summary>
/// <param name="Id">Identifier of the decision.</param>
/// <param name="Subject">Whom it concerns, such as a partner; may be null.</param>
/// <param name="Inputs">The stored inputs.</param>
public sealed record ImpactCase(string Id, string? Subject, IReadOnlyDictionary<string, object?> Inputs);

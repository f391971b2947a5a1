namespace Ecosystem.Rules.Rulesets;

/// <summary>A row, rule or metric that applied.</summary>
/// <param name="Section">The section's id.</param>
/// <param name="Row">The id of the row, rule, metric or party.</param>
/// <param name="Reason">Why, in plain words; null when the author gave no reason.</param>
public sealed record RulesetHit(string Section, string Row, string? Reason);

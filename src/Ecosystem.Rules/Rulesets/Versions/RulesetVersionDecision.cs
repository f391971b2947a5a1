namespace Ecosystem.Rules.Rulesets;

/// <summary>Answer to a step in the life of a version: the version after it, or why it is refused.</summary>
/// <param name="Version">The version after the step; null when it is refused.</param>
/// <param name="Code">Stable code of the refusal, such as <c>same-person</c>; null when it is allowed.</param>
/// <param name="Message">Why it is refused, in a sentence; null when it is allowed.</param>
/// <param name="Findings">Findings of reading, analysis and tests that led to a refusal.</param>
public sealed record RulesetVersionDecision(RulesetVersion? Version, string? Code, string? Message, IReadOnlyList<RulesetDiagnostic> Findings)
{
    /// <summary>Whether the step is allowed.</summary>
    public bool Allowed => Version is not null;

    internal static RulesetVersionDecision Allow(RulesetVersion version) => new(version, null, null, []);

    internal static RulesetVersionDecision Refuse(string code, string message, IReadOnlyList<RulesetDiagnostic>? findings = null) => new(null, code, message, findings ?? []);
}

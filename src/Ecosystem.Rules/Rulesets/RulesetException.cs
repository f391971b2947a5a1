namespace Ecosystem.Rules.Rulesets;

/// <summary>A ruleset cannot be read, or an evaluation has no result. Nothing was changed.</summary>
public sealed class RulesetException : Exception
{
    /// <summary>Creates the exception from its findings.</summary>
    /// <param name="ruleset">Name of the ruleset or of its source; null when unknown.</param>
    /// <param name="diagnostics">What is wrong, at least one error.</param>
    /// <param name="inner">The cause, where there is one.</param>
    public RulesetException(string? ruleset, IReadOnlyList<RulesetDiagnostic> diagnostics, Exception? inner = null)
        : base(string.Join(Environment.NewLine, diagnostics.Select(d => d.Format(ruleset))), inner)
    {
        Ruleset = ruleset;
        Diagnostics = diagnostics;
    }

    /// <summary>Name of the ruleset or of its source; null when unknown.</summary>
    public string? Ruleset { get; }

    /// <summary>What is wrong; at least one error.</summary>
    public IReadOnlyList<RulesetDiagnostic> Diagnostics { get; }
}

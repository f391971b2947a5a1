namespace Ecosystem.Rules.Rulesets;

/// <summary>Finds what is wrong or doubtful in a ruleset before it can hurt, each finding with a proposed fix.</summary>
public static class RulesetAnalysis
{
    /// <summary>Analyses one ruleset.</summary>
    /// <param name="ruleset">The ruleset.</param>
    /// <returns>The findings in the order of the document.</returns>
    public static IReadOnlyList<RulesetDiagnostic> Analyze(Ruleset ruleset)
    {
        var findings = new List<RulesetDiagnostic>(ruleset.Warnings);
        findings.AddRange(UnusedInputs(ruleset));
        return [.. findings.OrderBy(f => f.Line).ThenBy(f => f.Column)];
    }

    private static IEnumerable<RulesetDiagnostic> UnusedInputs(Ruleset ruleset) => ruleset.Document.Inputs
        .Where(input => !ruleset.NamesRead.Contains(input.Name))
        .Select(input => new RulesetDiagnostic(
            RulesetSeverity.Warning, "unused-input", $"inputs/{input.Name}", input.Line, input.Column, $"No expression reads the input '{input.Name}'", "use it or remove it"));
}

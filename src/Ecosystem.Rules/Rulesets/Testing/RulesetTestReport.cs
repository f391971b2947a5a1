namespace Ecosystem.Rules.Rulesets;

/// <summary>What the test cases of a ruleset showed.</summary>
/// <param name="Ruleset">Name of the ruleset.</param>
/// <param name="Version">Its version.</param>
/// <param name="Cases">Every case with its outcome, in order.</param>
/// <param name="Coverage">Every row, rule, metric and band with the number of cases in which it applied.</param>
public sealed record RulesetTestReport(
    string Ruleset, string Version, IReadOnlyList<RulesetTestReport.CaseResult> Cases, IReadOnlyList<RulesetTestReport.RowCoverage> Coverage)
{
    /// <summary>Number of cases that passed.</summary>
    public int Passed => Cases.Count(c => c.Passed);

    /// <summary>Number of cases that failed.</summary>
    public int Failed => Cases.Count - Passed;

    /// <summary>Rows, rules, metrics and bands that no case reaches.</summary>
    public IReadOnlyList<string> Uncovered => [.. Coverage.Where(c => c.Hits == 0).Select(c => c.Row)];

    /// <summary>Outcome of one case.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Line">Its line in the document.</param>
    /// <param name="Failures">What was different, in words; empty when it passed.</param>
    public sealed record CaseResult(string Name, int Line, IReadOnlyList<string> Failures)
    {
        /// <summary>Whether it passed.</summary>
        public bool Passed => Failures.Count == 0;
    }

    /// <summary>How often a row applied in the test cases.</summary>
    /// <param name="Row">The row as <c>section/id</c>.</param>
    /// <param name="Hits">Number of cases in which it applied.</param>
    public sealed record RowCoverage(string Row, int Hits);
}

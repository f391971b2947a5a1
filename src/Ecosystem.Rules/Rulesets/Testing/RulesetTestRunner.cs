using System.Diagnostics;

namespace Ecosystem.Rules.Rulesets;

/// <summary>Runs the test cases written in a ruleset and counts which rows they reach.</summary>
public static class RulesetTestRunner
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(1);

    /// <summary>Runs every case; cases that have not begun after a minute fail without being run.</summary>
    /// <param name="ruleset">The ruleset.</param>
    /// <param name="cancellationToken">Stops between cases.</param>
    /// <returns>Outcomes and row coverage.</returns>
    public static RulesetTestReport Run(Ruleset ruleset, CancellationToken cancellationToken = default)
    {
        Dictionary<string, int> hits = Rows(ruleset.Document).ToDictionary(r => r, _ => 0, StringComparer.Ordinal);
        long started = Stopwatch.GetTimestamp();
        RulesetTestReport.CaseResult[] cases =
        [
            .. ruleset.Document.Tests.Select(test =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                return Stopwatch.GetElapsedTime(started) > LongestRun
                    ? new RulesetTestReport.CaseResult(test.Name, test.Line, [$"not run: the cases before it took more than {LongestRun.TotalSeconds:0} s"])
                    : Run(ruleset, test, hits);
            }),
        ];
        return new RulesetTestReport(
            ruleset.Document.Name, ruleset.Document.Version, cases, [.. hits.Select(h => new RulesetTestReport.RowCoverage(h.Key, h.Value))]);
    }

    /// <summary>Everything in a document that can apply or not: rows of tables, rules, metrics and bands, as <c>section/id</c>.</summary>
    /// <param name="document">The document.</param>
    /// <returns>The rows in order.</returns>
    public static IEnumerable<string> Rows(RulesetDocument document) => document.Sections.SelectMany(section => section switch
    {
        TableSection table => table.Rows.Select(r => $"{section.Id}/{r.Id}"),
        RulesSection rules => rules.Rules.Select(r => $"{section.Id}/{r.Id}"),
        ScorecardSection scorecard => scorecard.Categories.SelectMany(c => c.Metrics).Select(m => m.Id).Concat(scorecard.Bands.Select(b => b.Id)).Select(id => $"{section.Id}/{id}"),
        _ => [],
    });

    private static RulesetTestReport.CaseResult Run(Ruleset ruleset, RulesetTest test, Dictionary<string, int> hits)
    {
        var failures = new List<string>();
        try
        {
            RulesetResult result = ruleset.Evaluate(test.Given);
            HashSet<string> applied = [.. result.Trace.Hits.Select(h => $"{h.Section}/{h.Row}")];
            foreach (string row in applied.Where(hits.ContainsKey))
            {
                hits[row]++;
            }

            if (test.Error is { } expected)
            {
                failures.Add($"an error with '{expected}' was expected, but there is a result");
            }

            foreach ((string name, object? value) in test.Expect)
            {
                Compare(ruleset.Document, name, value, result, failures);
            }

            foreach (string row in test.Rows.Where(r => !applied.Contains(r)))
            {
                failures.Add(hits.ContainsKey(row) ? $"{row} did not apply" : $"there is no row {row}");
            }
        }
        catch (RulesetException failure)
        {
            if (test.Error is null || !failure.Message.Contains(test.Error, StringComparison.OrdinalIgnoreCase))
            {
                failures.Add(failure.Message);
            }
        }

        return new RulesetTestReport.CaseResult(test.Name, test.Line, failures);
    }

    private static void Compare(RulesetDocument document, string name, object? expected, RulesetResult result, List<string> failures)
    {
        if (result.Outputs.TryGetValue(name, out object? actual))
        {
            ExpectedValue.Compare(expected, actual, name, failures);
        }
        else
        {
            failures.Add($"there is no output '{name}'; there is {string.Join(", ", document.Outputs.Select(o => o.Name))}");
        }
    }
}

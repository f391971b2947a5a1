using System.Text.RegularExpressions;

namespace Ecosystem.Rules.Rulesets;

/// <summary>Finds what is wrong or doubtful in a ruleset before it can hurt, each finding with a proposed fix.</summary>
public static class RulesetAnalysis
{
    /// <summary>
    /// Analyses one ruleset: gaps (<c>gap</c>), overlaps with different results (<c>overlap</c>), rows that never apply (<c>shadowed</c>,
    /// <c>impossible-row</c>), repeated rows (<c>duplicate</c>), outputs that nothing gives (<c>unreachable-output</c>), inputs and values that
    /// nothing reads (<c>unused-input</c>, <c>unused-field</c>, <c>unused-value</c>). Type clashes keep a ruleset from being read at all.
    /// </summary>
    /// <param name="ruleset">The ruleset.</param>
    /// <returns>The findings in the order of the document.</returns>
    public static IReadOnlyList<RulesetDiagnostic> Analyze(Ruleset ruleset)
    {
        var findings = new List<RulesetDiagnostic>(ruleset.Warnings);
        findings.AddRange(Unused(ruleset));
        findings.AddRange(OutputAnalysis.Find(ruleset));
        foreach (CompiledTable table in ruleset.Sections.OfType<CompiledTable>())
        {
            findings.AddRange(new TableAnalysis(ruleset.Document, table.Section, table.Table, table.Scope).Find());
        }

        findings.AddRange(ruleset.Document.Sections.OfType<ScorecardSection>().SelectMany(ScorecardAnalysis.Find));
        return [.. findings.OrderBy(f => f.Line).ThenBy(f => f.Column)];
    }

    /// <summary>Rows, rules and metrics that applied to no decision.</summary>
    /// <param name="document">The ruleset.</param>
    /// <param name="hits">How often each row applied in the period, by <c>section/id</c>, as counted from decision records.</param>
    /// <param name="period">The period in words, such as <c>the last 90 days</c>.</param>
    /// <returns>One finding (<c>never-hit</c>) for each row without hits.</returns>
    public static IReadOnlyList<RulesetDiagnostic> NeverHit(RulesetDocument document, IReadOnlyDictionary<string, long> hits, string period) =>
    [
        .. RulesetTestRunner.Rows(document).Where(row => hits.GetValueOrDefault(row) == 0).Select(row => new RulesetDiagnostic(
            RulesetSeverity.Info, "never-hit", row, LineOf(document, row), 1, $"'{row}' applied to no decision of {period}", "ask whether it is still needed, or whether a row before it takes its cases")),
    ];

    private static IEnumerable<RulesetDiagnostic> Unused(Ruleset ruleset)
    {
        RulesetDocument document = ruleset.Document;
        foreach (RulesetField input in document.Inputs.Where(i => !ruleset.NamesRead.Contains(i.Name)))
        {
            yield return new RulesetDiagnostic(RulesetSeverity.Warning, "unused-input", $"inputs/{input.Name}", input.Line, input.Column, $"No expression reads the input '{input.Name}'", "use it or remove it");
        }

        foreach (RulesetSection section in document.Sections)
        {
            foreach (string name in Names(section).Where(n => !ruleset.NamesRead.Contains(n) && document.Outputs.All(o => o.Name != n)))
            {
                yield return new RulesetDiagnostic(RulesetSeverity.Warning, "unused-value", $"sections/{section.Id}/{name}", section.Line, section.Column, $"'{name}' is computed, but nothing reads it", "use it, declare it as an output, or remove it");
            }
        }

        foreach (RulesetDiagnostic field in UnusedFields(ruleset))
        {
            yield return field;
        }
    }

    private static IEnumerable<string> Names(RulesetSection section) => section switch
    {
        ValuesSection values => values.Values.Select(v => v.Key),
        TableSection table => table.Into is { } into ? [into] : table.Outputs,
        ScorecardSection scorecard => [scorecard.Into],
        AllocationSection allocation => [allocation.Into],
        RulesSection rules => rules.Rules.SelectMany(r => r.Then).Select(a => a.Target).Distinct(StringComparer.Ordinal),
        _ => [],
    };

    /// <summary>Fields of input records that no text of the sections mentions.</summary>
    private static IEnumerable<RulesetDiagnostic> UnusedFields(Ruleset ruleset)
    {
        int sections = ruleset.Text.IndexOf("\nsections:", StringComparison.Ordinal), tests = ruleset.Text.IndexOf("\ntestDefaults:", StringComparison.Ordinal);
        if (sections < 0 || ruleset.Document.Sections.Any(s => s is ValuesSection { Values.Count: 0 }))
        {
            yield break;
        }

        string text = ruleset.Text[sections..(tests > sections ? tests : ruleset.Text.Length)];
        var words = Regex.Matches(text, "[\\p{L}_][\\p{L}\\p{Nd}_]*", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking).Select(m => m.Value).ToHashSet(StringComparer.Ordinal);
        foreach (RulesetField input in ruleset.Document.Inputs)
        {
            RulesetType record = input.Type.Item ?? input.Type;
            foreach (RulesetField field in record.Fields.Where(f => !words.Contains(f.Name)))
            {
                yield return new RulesetDiagnostic(RulesetSeverity.Info, "unused-field", $"inputs/{input.Name}/{field.Name}", field.Line, field.Column, $"No expression reads '{field.Name}' of {input.Name}", "use it or remove it");
            }
        }
    }

    private static int LineOf(RulesetDocument document, string row)
    {
        string[] steps = row.Split('/');
        return document.Sections.FirstOrDefault(s => s.Id == steps[0]) switch
        {
            TableSection table => table.Rows.FirstOrDefault(r => r.Id == steps[1])?.Line ?? table.Line,
            RulesSection rules => rules.Rules.FirstOrDefault(r => r.Id == steps[1])?.Line ?? rules.Line,
            ScorecardSection scorecard => scorecard.Categories.SelectMany(c => c.Metrics).FirstOrDefault(m => m.Id == steps[1])?.Line ?? scorecard.Line,
            { } section => section.Line,
            _ => 0,
        };
    }
}

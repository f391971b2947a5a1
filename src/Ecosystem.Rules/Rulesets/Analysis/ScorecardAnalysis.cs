using System.Globalization;

namespace Ecosystem.Rules.Rulesets;

/// <summary>Finds bands that no total reaches.</summary>
internal static class ScorecardAnalysis
{
    public static IEnumerable<RulesetDiagnostic> Find(ScorecardSection section)
    {
        decimal most = section.Categories.Sum(c => Math.Min(c.Metrics.Sum(m => m.Points), c.Limit ?? decimal.MaxValue));
        most = Math.Min(most, section.Limit ?? most);
        foreach (ScorecardSection.ScorecardBand band in section.Bands.Where(b => b.From > most))
        {
            yield return new RulesetDiagnostic(RulesetSeverity.Warning, "unreachable-output", $"sections/{section.Id}/bands/{band.Id}", section.Line, section.Column,
                string.Create(CultureInfo.InvariantCulture, $"Band '{band.Id}' begins at {band.From}, but the most anyone can reach is {most}"), "lower the threshold or add points");
        }

        for (int i = 1; i < section.Bands.Count; i++)
        {
            if (section.Bands[i].From == section.Bands[i - 1].From && !section.Bands[i - 1].NeedsMinimums)
            {
                yield return new RulesetDiagnostic(RulesetSeverity.Warning, "shadowed", $"sections/{section.Id}/bands/{section.Bands[i].Id}", section.Line, section.Column,
                    $"Band '{section.Bands[i].Id}' is never reached: '{section.Bands[i - 1].Id}' begins at the same points", "give them different thresholds");
            }
        }
    }
}

namespace Ecosystem.Rules.Rulesets;

/// <summary>Decides whether an edit changes only values: for people who may change cells but not structure.</summary>
public static class RulesetValueEdit
{
    /// <summary>Lists what a value-only editor may not change.</summary>
    /// <param name="before">The version that is edited.</param>
    /// <param name="after">The edited version.</param>
    /// <returns>One error for every structural change; empty when the edit is allowed.</returns>
    public static IReadOnlyList<RulesetDiagnostic> Check(Ruleset before, Ruleset after)
    {
        var found = new List<RulesetDiagnostic>();
        foreach (RulesetChange change in RulesetComparison.Compare(before.Document, after.Document).Where(c => c.Structural))
        {
            found.Add(new RulesetDiagnostic(RulesetSeverity.Error, "structure-changed", change.Path, 0, 0, change.Text, "ask someone who may change the structure, or undo this"));
        }

        foreach (string name in after.NamesRead.Where(n => n != "because" && !before.NamesRead.Contains(n)).Order(StringComparer.Ordinal))
        {
            found.Add(new RulesetDiagnostic(RulesetSeverity.Error, "formula-changed", "", 0, 0, $"A cell now reads '{name}', which no cell read before", "use a plain value"));
        }

        return found;
    }
}

using System.Text.RegularExpressions;

namespace Ecosystem.Rules.Rulesets;

/// <summary>Decides whether an edit changes only values: for people who may change cells but not structure.</summary>
public static class RulesetValueEdit
{
    private static readonly Regex Word = new("[\\p{L}_][\\p{L}\\p{Nd}_]*", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    private static readonly Regex Quoted = new("\"[^\"]*\"", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

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

        Dictionary<string, DocumentOutline.Group> old = DocumentOutline.Of(before.Document).DistinctBy(g => g.Path).ToDictionary(g => g.Path, StringComparer.Ordinal);
        foreach (DocumentOutline.Group group in DocumentOutline.Of(after.Document).Where(g => g.Path.StartsWith("sections/", StringComparison.Ordinal)))
        {
            foreach (DocumentOutline.Part part in group.Parts.Where(p => p.Name is not ("because" or "title")))
            {
                string was = old.GetValueOrDefault(group.Path)?.Parts.Find(p => p.Name == part.Name)?.Text ?? "";
                foreach (string name in Names(part.Text).Except(Names(was), StringComparer.Ordinal).Where(after.NamesRead.Contains))
                {
                    found.Add(new RulesetDiagnostic(RulesetSeverity.Error, "formula-changed", $"{group.Path}/{part.Name}", 0, 0, $"{group.Words}: {part.Name} now reads '{name}'", "use a plain value"));
                }
            }
        }

        return found;
    }

    /// <summary>Words of a cell outside of quoted texts.</summary>
    private static HashSet<string> Names(string text) =>
        [.. Word.Matches(Quoted.Replace(text, " ")).Select(m => m.Value)];
}

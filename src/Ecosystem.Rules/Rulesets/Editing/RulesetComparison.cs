namespace Ecosystem.Rules.Rulesets;

/// <summary>Compares two versions of a ruleset row by row, in words.</summary>
public static class RulesetComparison
{
    /// <summary>Lists the differences.</summary>
    /// <param name="before">The earlier version.</param>
    /// <param name="after">The later version.</param>
    /// <returns>The differences in the order of the later version, removals last.</returns>
    public static IReadOnlyList<RulesetChange> Compare(RulesetDocument before, RulesetDocument after)
    {
        IReadOnlyList<DocumentOutline.Group> old = DocumentOutline.Of(before), now = DocumentOutline.Of(after);
        Dictionary<string, DocumentOutline.Group> known = Index(old), current = Index(now);
        var changes = new List<RulesetChange>();
        foreach (DocumentOutline.Group group in now)
        {
            if (known.TryGetValue(group.Path, out DocumentOutline.Group? earlier))
            {
                changes.AddRange(Parts(earlier, group));
            }
            else
            {
                changes.Add(new RulesetChange("added", group.Path, $"{group.Words} is new{Summary(group)}.", group.Family != "tests"));
            }
        }

        changes.AddRange(old.Where(g => !current.ContainsKey(g.Path)).Select(group =>
            new RulesetChange("removed", group.Path, $"{group.Words} is gone{Summary(group)}.", group.Family != "tests")));
        changes.AddRange(Order(old, now, known, current));
        return changes;
    }

    private static Dictionary<string, DocumentOutline.Group> Index(IReadOnlyList<DocumentOutline.Group> groups)
    {
        var index = new Dictionary<string, DocumentOutline.Group>(StringComparer.Ordinal);
        foreach (DocumentOutline.Group group in groups)
        {
            index.TryAdd(group.Path, group);
        }

        return index;
    }

    private static IEnumerable<RulesetChange> Parts(DocumentOutline.Group earlier, DocumentOutline.Group group)
    {
        foreach (DocumentOutline.Part part in group.Parts)
        {
            DocumentOutline.Part? old = earlier.Parts.Find(p => p.Name == part.Name);
            if (old?.Text != part.Text)
            {
                string was = old is null ? "was empty" : $"was {old.Text}";
                yield return new RulesetChange("changed", $"{group.Path}/{part.Name}", $"{group.Words}: {part.Name} {was}, is {part.Text}.", !(part.IsValue && old is null or { IsValue: true }));
            }
        }

        foreach (DocumentOutline.Part part in earlier.Parts.Where(p => group.Parts.TrueForAll(n => n.Name != p.Name)))
        {
            yield return new RulesetChange("changed", $"{group.Path}/{part.Name}", $"{group.Words}: {part.Name} was {part.Text}, is empty.", !part.IsValue);
        }
    }

    /// <summary>Tells a changed order of what is in both versions, one sentence for each family.</summary>
    private static IEnumerable<RulesetChange> Order(
        IReadOnlyList<DocumentOutline.Group> old, IReadOnlyList<DocumentOutline.Group> now,
        Dictionary<string, DocumentOutline.Group> known, Dictionary<string, DocumentOutline.Group> current)
    {
        foreach (string family in now.Select(g => g.Family).Where(f => f.Length > 0 && f != "tests" && f is not ("inputs" or "outputs")).Distinct(StringComparer.Ordinal))
        {
            string[] before = [.. old.Where(g => g.Family == family && current.ContainsKey(g.Path)).Select(g => g.Path)];
            string[] after = [.. now.Where(g => g.Family == family && known.ContainsKey(g.Path)).Select(g => g.Path)];
            if (!before.SequenceEqual(after, StringComparer.Ordinal))
            {
                string order = string.Join(", ", after.Select(p => p[(p.LastIndexOf('/') + 1)..]));
                yield return new RulesetChange("moved", family, $"The order in {family} is now {order}.", true);
            }
        }
    }

    private static string Summary(DocumentOutline.Group group) =>
        group.Parts.Count == 0 ? "" : ": " + string.Join("; ", group.Parts.Select(p => $"{p.Name} {p.Text}"));
}

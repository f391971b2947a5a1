namespace Ecosystem.Rules.Dmn;

/// <summary>Draws a requirement graph that has no diagram: what is required stands below what requires it.</summary>
public static class DmnLayout
{
    private const double Width = 180;
    private const double Height = 80;
    private const double GapX = 60;
    private const double GapY = 80;

    /// <summary>Adds a diagram when the model has none; otherwise gives the model back as it is.</summary>
    /// <param name="model">The model; its requirements get ids where they have none, as edges name them.</param>
    public static DmnDefinitions Arrange(DmnDefinitions model)
    {
        if (model.Diagrams.Count > 0)
        {
            return model;
        }

        model = model with
        {
            Decisions = [.. model.Decisions.Select(d => d with { Requirements = WithIds(d.Id, d.Requirements) })],
            BusinessKnowledgeModels = [.. model.BusinessKnowledgeModels.Select(k => k with { Requirements = WithIds(k.Id, k.Requirements) })],
        };
        var needs = model.Decisions.Select(d => (d.Id, d.Requirements)).Concat(model.BusinessKnowledgeModels.Select(k => (k.Id, k.Requirements)))
            .GroupBy(n => n.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Requirements, StringComparer.Ordinal);
        var ids = model.Decisions.Select(d => d.Id).Concat(model.BusinessKnowledgeModels.Select(k => k.Id)).Concat(model.InputData.Select(i => i.Id)).Concat(model.KnowledgeSources.Select(s => s.Id)).Distinct(StringComparer.Ordinal).ToList();
        var levels = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            Level(id, needs, levels, []);
        }

        var top = levels.Count == 0 ? 0 : levels.Values.Max();
        var bounds = new Dictionary<string, DmnBounds>(StringComparer.Ordinal);
        foreach (var row in ids.GroupBy(i => levels[i]))
        {
            var x = GapX;
            foreach (var id in row)
            {
                bounds[id] = new DmnBounds(x, GapY + ((top - row.Key) * (Height + GapY)), Width, Height);
                x += Width + GapX;
            }
        }

        var edges = needs.SelectMany(n => n.Value.Where(r => r.Id is not null && bounds.ContainsKey(Local(r.Reference))).Select(r =>
        {
            var (from, to) = (bounds[Local(r.Reference)], bounds[n.Key]);
            return new DmnEdge($"edge_{r.Id}", r.Id!, [new DmnPoint(from.X + (Width / 2), from.Y), new DmnPoint(to.X + (Width / 2), to.Y + Height)]);
        }));
        return model with { Diagrams = [new DmnDiagram("diagram_1", model.Name, null, null, [.. bounds.Select(b => new DmnShape($"shape_{b.Key}", b.Key, b.Value))], [.. edges])] };
    }

    private static List<DmnRequirement> WithIds(string owner, IReadOnlyList<DmnRequirement> requirements) => [.. requirements.Select((r, i) => r.Id is null ? r with { Id = $"{owner}_requirement_{i + 1}" } : r)];

    private static string Local(string reference) => reference.StartsWith('#') ? reference[1..] : "";

    private static int Level(string id, Dictionary<string, IReadOnlyList<DmnRequirement>> needs, Dictionary<string, int> levels, HashSet<string> open)
    {
        if (levels.TryGetValue(id, out var known))
        {
            return known;
        }

        // A circle is drawn as if it were cut open.
        var level = needs.TryGetValue(id, out var requirements) && open.Add(id)
            ? requirements.Select(r => Local(r.Reference)).Where(r => r.Length > 0 && r != id).Select(r => Level(r, needs, levels, open) + 1).DefaultIfEmpty(0).Max()
            : 0;
        return levels[id] = level;
    }
}

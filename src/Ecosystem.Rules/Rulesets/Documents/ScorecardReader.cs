using YamlDotNet.RepresentationModel;
using Scorecard = Ecosystem.Rules.Rulesets.ScorecardSection;

namespace Ecosystem.Rules.Rulesets.Documents;

/// <summary>Reads a scorecard.</summary>
internal sealed class ScorecardReader(DiagnosticList diagnostics)
{
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    public ScorecardSection Read(string id, MapReader map)
    {
        var categories = new List<Scorecard.ScorecardCategory>();
        foreach (YamlNode node in map.List("categories"))
        {
            if (MapReader.MapOf(node, MapReader.Child(map.At("categories"), node, categories.Count), diagnostics, "id", "title", "limit", "minimum", "metrics") is { } entry)
            {
                categories.Add(ReadCategory(entry));
            }
        }

        if (categories.Count == 0)
        {
            diagnostics.Error("no-rows", map.At("categories"), map.Node, "The scorecard has no categories");
        }

        string into = map.Text("into") ?? "score";
        if (!TypeReader.IsName(into))
        {
            diagnostics.Error("bad-name", map.At("into"), map.Node, $"'{into}' cannot be used in expressions", "letters, digits and _ only, starting with a letter");
        }

        var section = new ScorecardSection(id)
        {
            Into = into,
            Limit = map.Number("limit"),
            Decimals = map.Whole("decimals", 2, 0, 10),
            Categories = categories,
            Bands = ReadBands(map),
        };
        map.CloseExcept("into", "limit", "decimals", "categories", "bands");
        return section;
    }

    private Scorecard.ScorecardCategory ReadCategory(MapReader entry)
    {
        string id = Id(entry);
        var metrics = new List<Scorecard.ScorecardMetric>();
        var category = new Scorecard.ScorecardCategory(id)
        {
            Title = entry.Text("title"),
            Limit = entry.Number("limit"),
            Minimum = entry.Source("minimum"),
            Metrics = metrics,
        };
        foreach (YamlNode node in entry.List("metrics"))
        {
            string[] known = ["id", "value", "points", "curve", "from", "to", "per", "steps", "minimum", "because"];
            if (MapReader.MapOf(node, MapReader.Child(entry.At("metrics"), node, metrics.Count), diagnostics, known) is { } metric)
            {
                metrics.Add(ReadMetric(metric));
            }
        }

        if (metrics.Count == 0)
        {
            diagnostics.Error("no-rows", entry.At("metrics"), entry.Node, $"Category '{id}' has no metrics");
        }

        entry.Close();
        return category;
    }

    private Scorecard.ScorecardMetric ReadMetric(MapReader entry)
    {
        decimal points = entry.Required("points", "points: 10") is null ? 0 : entry.Number("points") ?? 0;
        if (points < 0)
        {
            diagnostics.Error("out-of-range", entry.At("points"), entry.Node, "Points cannot be negative");
        }

        var metric = new Scorecard.ScorecardMetric(Id(entry), entry.RequiredSource("value", "value: an expression"), points, ReadCurve(entry, points))
        {
            Minimum = entry.Source("minimum"),
            Because = entry.Source("because"),
            Line = entry.Line,
        };
        entry.Close();
        return metric;
    }

    private ScorecardCurve ReadCurve(MapReader entry, decimal points)
    {
        string curve = entry.Text("curve") ?? "flag";
        switch (curve)
        {
            case "flag":
                return new ScorecardCurve.Flag();
            case "linear":
                decimal from = Needed(entry, "from"), to = Needed(entry, "to");
                if (from == to)
                {
                    diagnostics.Error("out-of-range", entry.Path, entry.Node, "'from' and 'to' of a linear curve have to differ");
                }

                return new ScorecardCurve.Linear(from, to);
            case "capped":
                decimal per = Needed(entry, "per");
                if (per <= 0)
                {
                    diagnostics.Error("out-of-range", entry.Path, entry.Node, "'per' (points for each unit) has to be more than zero", "per: 2");
                    per = 1;
                }

                return new ScorecardCurve.Capped(per);
            case "step":
                return ReadSteps(entry, points);
            default:
                diagnostics.Error("not-allowed", entry.At("curve"), entry.Node, $"'{curve}' is not a curve", "one of flag, linear, step, capped");
                entry.CloseExcept("from", "to", "per", "steps", "value", "points", "id", "minimum", "because");
                return new ScorecardCurve.Flag();
        }
    }

    private ScorecardCurve.Step ReadSteps(MapReader entry, decimal points)
    {
        var steps = new List<KeyValuePair<decimal, decimal>>();
        if (entry.Required("steps", "steps: { 1: 5, 2: 10 }") is { } node && MapReader.MapOf(node, entry.At("steps"), diagnostics) is { } map)
        {
            foreach (string key in map.Keys)
            {
                decimal reached = map.Number(key) ?? 0;
                if (!YamlData.TryNumber(key, out decimal threshold))
                {
                    diagnostics.Error("not-a-number", map.At(key), map.Node, $"The threshold '{key}' has to be a number");
                }

                if (reached > points || reached < 0)
                {
                    diagnostics.Error("out-of-range", map.At(key), map.Node, $"A step gives {reached} points; the metric has 0 to {points}");
                }

                steps.Add(new(threshold, reached));
            }
        }

        return new ScorecardCurve.Step([.. steps.OrderBy(s => s.Key)]);
    }

    private List<Scorecard.ScorecardBand> ReadBands(MapReader map)
    {
        var bands = new List<Scorecard.ScorecardBand>();
        foreach (YamlNode node in map.List("bands"))
        {
            if (MapReader.MapOf(node, MapReader.Child(map.At("bands"), node, bands.Count), diagnostics, "id", "from", "minimums") is { } entry)
            {
                bands.Add(new(Id(entry), Needed(entry, "from"), entry.Flag("minimums", false)));
                entry.Close();
            }
        }

        return [.. bands.OrderByDescending(b => b.From)];
    }

    private decimal Needed(MapReader entry, string key) =>
        entry.Required(key, $"{key}: 1") is null ? 0 : entry.Number(key) ?? 0;

    private string Id(MapReader entry)
    {
        string id = entry.RequiredText("id", "id: a-short-name");
        if (id.Length > 0 && !_ids.Add(id))
        {
            diagnostics.Error("duplicate-id", entry.Path, entry.Node, $"'{id}' is used twice in this scorecard", "give one of them another id");
        }

        return id;
    }
}

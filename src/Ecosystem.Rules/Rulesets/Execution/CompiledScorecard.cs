using Ecosystem.Rules.Feel;
using Scorecard = Ecosystem.Rules.Rulesets.ScorecardSection;

namespace Ecosystem.Rules.Rulesets;

/// <summary>Runs a <see cref="ScorecardSection"/>.</summary>
internal sealed class CompiledScorecard(ScorecardSection section, IReadOnlyList<CompiledScorecard.Category> categories, CompiledIteration? each)
    : CompiledSection(section.Id)
{
    private static readonly string[] Fields = ["total", "band", "minimumsMet", "missing", "categories", "metrics", "reasons"];
    private readonly string[] _categoryNames = [.. categories.Select(c => c.Source.Id)];
    private readonly string[] _metricNames = [.. categories.SelectMany(c => c.Metrics).Select(m => m.Source.Id)];

    public override void Run(RunState state) =>
        state.Values[section.Into] = each is null ? Score(state) : each.Run(state, Score);

    private FeelRecord Score(RunState state)
    {
        var missing = new List<FeelValue>();
        var reasons = new List<FeelValue>();
        var categoryPoints = new FeelValue[_categoryNames.Length];
        var metricPoints = new FeelValue[_metricNames.Length];
        int at = 0;
        decimal total = 0;
        bool minimumsMet = true;
        for (int c = 0; c < categories.Count; c++)
        {
            Category category = categories[c];
            decimal sum = 0;
            foreach (Metric metric in category.Metrics)
            {
                decimal points = Measure(state, metric, reasons);
                minimumsMet &= Meets(state, metric.Minimum, points, missing, metric.Source.Id, metric.Source.Minimum);
                metricPoints[at++] = FeelValue.Of(points);
                sum += points;
            }

            sum = Math.Min(sum, category.Source.Limit ?? sum);
            minimumsMet &= Meets(state, category.Minimum, sum, missing, category.Source.Title ?? category.Source.Id, category.Source.Minimum);
            categoryPoints[c] = FeelValue.Of(sum);
            total += sum;
        }

        total = Math.Min(total, section.Limit ?? total);
        string? band = Band(state, total, minimumsMet);
        return new FeelRecord(Fields,
        [
            FeelValue.Of(total), FeelValue.Of(band), FeelValue.Of(minimumsMet), FeelValue.Of(new FeelList([.. missing])),
            FeelValue.Of(new FeelRecord(_categoryNames, categoryPoints)), FeelValue.Of(new FeelRecord(_metricNames, metricPoints)),
            FeelValue.Of(new FeelList([.. reasons])),
        ]);
    }

    private decimal Measure(RunState state, Metric metric, List<FeelValue> reasons)
    {
        decimal value = metric.Value.Number(state);
        decimal points = metric.Source.Curve.Apply(value, metric.Source.Points, section.Decimals);
        state.Saw(metric.Place, value);
        if (points > 0)
        {
            string? reason = Reason(state, metric, value, points);
            reasons.Add(FeelValue.Of(reason ?? metric.Source.Id));
            state.Hit(section.Id, metric.Source.Id, reason);
        }

        return points;
    }

    private static string? Reason(RunState state, Metric metric, decimal value, decimal points)
    {
        if (metric.Because is null)
        {
            return null;
        }

        (bool, object?) outerValue = state.Shadow("value", value);
        (bool, object?) outerPoints = state.Shadow("points", points);
        string reason = metric.Because.Render(state);
        state.Restore("points", outerPoints);
        state.Restore("value", outerValue);
        return reason;
    }

    private static bool Meets(RunState state, CompiledExpression? minimum, decimal points, List<FeelValue> missing, string name, RulesetSourceText? text)
    {
        if (minimum is null)
        {
            return true;
        }

        state.Values["?"] = points;
        bool met = minimum.IsTrue(state);
        state.Values.Remove("?");
        if (!met)
        {
            missing.Add(FeelValue.Of($"{name} has {PlainWords.Number(points)} points, needed is {text}"));
        }

        return met;
    }

    private string? Band(RunState state, decimal total, bool minimumsMet)
    {
        foreach (Scorecard.ScorecardBand band in section.Bands)
        {
            if (total >= band.From && (minimumsMet || !band.NeedsMinimums))
            {
                state.Hit(section.Id, band.Id, $"{PlainWords.Number(total)} points reach {band.Id}");
                return band.Id;
            }
        }

        return null;
    }

    internal sealed record Category(Scorecard.ScorecardCategory Source, CompiledExpression? Minimum, IReadOnlyList<Metric> Metrics);

    internal sealed record Metric(Scorecard.ScorecardMetric Source, string Place, CompiledExpression Value, CompiledExpression? Minimum, ReasonTemplate? Because);
}

namespace Ecosystem.Rules.Rulesets;

/// <summary>Weighted points by category with minimums, a total and a band.</summary>
/// <param name="Id">Identifier, unique in the ruleset.</param>
public sealed record ScorecardSection(string Id) : RulesetSection(Id)
{
    /// <summary>Name of the variable that takes the result: a record of total, band, minimumsMet, missing, categories, metrics and reasons.</summary>
    public string Into { get; init; } = "score";

    /// <summary>Highest total; null when the sum is not limited.</summary>
    public decimal? Limit { get; init; }

    /// <summary>Decimal places to which the points of a metric are rounded, half away from zero.</summary>
    public int Decimals { get; init; } = 2;

    /// <summary>The categories in order.</summary>
    public IReadOnlyList<ScorecardCategory> Categories { get; init; } = [];

    /// <summary>Bands from the highest to the lowest threshold.</summary>
    public IReadOnlyList<ScorecardBand> Bands { get; init; } = [];

    /// <summary>A group of metrics.</summary>
    /// <param name="Id">Identifier, unique in the scorecard.</param>
    public sealed record ScorecardCategory(string Id)
    {
        /// <summary>Heading for people.</summary>
        public string? Title { get; init; }

        /// <summary>Highest sum of its metrics; null when it is not limited.</summary>
        public decimal? Limit { get; init; }

        /// <summary>Unary test that the sum must pass; null when there is none.</summary>
        public RulesetSourceText? Minimum { get; init; }

        /// <summary>The metrics in order.</summary>
        public IReadOnlyList<ScorecardMetric> Metrics { get; init; } = [];
    }

    /// <summary>One measured thing and its curve from value to points.</summary>
    /// <param name="Id">Identifier, unique in the scorecard.</param>
    /// <param name="Value">Expression that gives the value.</param>
    /// <param name="Points">Highest number of points.</param>
    /// <param name="Curve">From value to points.</param>
    public sealed record ScorecardMetric(string Id, RulesetSourceText Value, decimal Points, ScorecardCurve Curve)
    {
        /// <summary>Unary test that the points must pass; null when there is none.</summary>
        public RulesetSourceText? Minimum { get; init; }

        /// <summary>Reason in plain words; sees <c>value</c> and <c>points</c>.</summary>
        public RulesetSourceText? Because { get; init; }

        /// <summary>Line in the document, counted from 1.</summary>
        public int Line { get; init; }
    }

    /// <summary>A named range of totals.</summary>
    /// <param name="Id">Its name.</param>
    /// <param name="From">Smallest total.</param>
    /// <param name="NeedsMinimums">Reached only when every minimum is met.</param>
    public sealed record ScorecardBand(string Id, decimal From, bool NeedsMinimums);
}

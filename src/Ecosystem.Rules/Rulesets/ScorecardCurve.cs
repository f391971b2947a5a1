namespace Ecosystem.Rules.Rulesets;

/// <summary>How a measured value becomes points.</summary>
public abstract record ScorecardCurve
{
    private ScorecardCurve()
    {
    }

    /// <summary>All points when the value is true, none when it is false.</summary>
    public sealed record Flag : ScorecardCurve;

    /// <summary>Points grow evenly from none at <paramref name="From"/> to all at <paramref name="To"/>.</summary>
    /// <param name="From">Value that gives no points; may be larger than <paramref name="To"/> for values where less is better.</param>
    /// <param name="To">Value that gives all points.</param>
    public sealed record Linear(decimal From, decimal To) : ScorecardCurve;

    /// <summary>The points of the highest threshold that the value reaches, none under the first.</summary>
    /// <param name="Steps">Thresholds and their points, rising by threshold.</param>
    public sealed record Step(IReadOnlyList<KeyValuePair<decimal, decimal>> Steps) : ScorecardCurve;

    /// <summary>So many points per unit of the value, up to the metric's points, never under zero.</summary>
    /// <param name="Per">Points per unit.</param>
    public sealed record Capped(decimal Per) : ScorecardCurve;

    /// <summary>Points for a value.</summary>
    /// <param name="value">The measured value.</param>
    /// <param name="points">Highest number of points.</param>
    /// <param name="decimals">Decimal places of the result; half is rounded away from zero.</param>
    /// <returns>Points between 0 and <paramref name="points"/>.</returns>
    internal decimal Apply(decimal value, decimal points, int decimals)
    {
        decimal result = this switch
        {
            Linear linear => points * Fraction(value, linear),
            Step step => StepPoints(value, step),
            Capped capped => value <= 0 ? 0 : value >= points / capped.Per ? points : value * capped.Per,
            _ => value != 0 ? points : 0,
        };
        return Math.Round(result, decimals, MidpointRounding.AwayFromZero);
    }

    private static decimal Fraction(decimal value, Linear linear)
    {
        if (linear.To > linear.From)
        {
            return value <= linear.From ? 0 : value >= linear.To ? 1 : (value - linear.From) / (linear.To - linear.From);
        }

        return value >= linear.From ? 0 : value <= linear.To ? 1 : (linear.From - value) / (linear.From - linear.To);
    }

    private static decimal StepPoints(decimal value, Step step)
    {
        decimal points = 0;
        foreach ((decimal threshold, decimal reached) in step.Steps)
        {
            if (value < threshold)
            {
                break;
            }

            points = reached;
        }

        return points;
    }
}

namespace Ecosystem.Workflows.Engagement;

/// <summary>
/// A health score: 0 to 100, the sum of its drivers' points. A driver without evidence is left out and the others are weighted up;
/// the coverage says how much of the weight had evidence. Pure.
/// </summary>
/// <param name="Score">0 to 100 with one decimal; null when less than half of the weight has evidence.</param>
/// <param name="Band"><c>green</c> from 80, <c>yellow</c> from 50, <c>red</c> below; null without a score.</param>
/// <param name="Coverage">The share of the weight that has evidence, 0 to 1.</param>
/// <param name="Drivers">What each driver contributed.</param>
public sealed record HealthScore(decimal? Score, string? Band, decimal Coverage, IReadOnlyList<HealthDriverPoints> Drivers)
{
    private const decimal NeededCoverage = 0.5m;

    /// <summary>Computes a score.</summary>
    /// <param name="drivers">The drivers.</param>
    /// <returns>The score.</returns>
    public static HealthScore Of(IReadOnlyList<HealthDriver> drivers)
    {
        var total = drivers.Sum(driver => driver.Weight);
        var known = drivers.Where(driver => driver.Value is not null).Sum(driver => driver.Weight);
        var coverage = total == 0m ? 0m : Math.Round(known / total, 4);
        if (known == 0m || coverage < NeededCoverage)
        {
            return new HealthScore(null, null, coverage, [.. drivers.Select(driver => new HealthDriverPoints(driver.Name, 0m, 0m, driver.Value))]);
        }

        // In tenths of a point, by largest remainder, so that the points make up the score and the possible points 100.
        var possible = LargestRemainder.Divide(1000m, [.. drivers.Select(driver => driver.Value is null ? 0m : driver.Weight)]);
        HealthDriverPoints[] points = [.. drivers.Select((driver, i) =>
            new HealthDriverPoints(driver.Name, Math.Round(possible[i] / 10m * Fulfilment(driver), 1), possible[i] / 10m, driver.Value))];
        var score = points.Sum(driver => driver.Points);
        return new HealthScore(score, score >= 80m ? "green" : score >= 50m ? "yellow" : "red", coverage, points);
    }

    /// <summary>A count that loses half its weight every so many days.</summary>
    /// <param name="ages">The ages of the events in days.</param>
    /// <param name="halfLife">In how many days an event loses half its weight.</param>
    /// <returns>The weighted count, to four decimals.</returns>
    public static decimal Decayed(IEnumerable<int> ages, int halfLife) => Math.Round(ages.Sum(age => Half((decimal)age / halfLife)), 4);

    private static decimal Fulfilment(HealthDriver driver) =>
        driver.Value is { } value ? Math.Clamp((value - driver.Floor) / (driver.Target - driver.Floor), 0m, 1m) : 0m;

    private static decimal Half(decimal x) => Attribution.Models.PathModels.PowerOfHalf(x).ToDecimal(10);
}

namespace Ecosystem.Rules.Feel;

/// <summary>A days-and-time duration that <see cref="TimeSpan"/> cannot carry exactly (below 100 ns or beyond 10 million days).</summary>
/// <param name="TotalSeconds">The whole duration in seconds, to the nanosecond.</param>
public readonly record struct FeelDaysTime(decimal TotalSeconds)
{
    /// <summary>ISO 8601 text such as P1DT2H, as FEEL's string().</summary>
    public override string ToString() => FeelText.DaysTime(TotalSeconds);
}

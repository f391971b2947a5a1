namespace Ecosystem.Rules.Feel;

/// <summary>A years-and-months duration.</summary>
/// <param name="TotalMonths">The whole duration in months; negative for backwards.</param>
public readonly record struct FeelYearsMonths(long TotalMonths)
{
    /// <summary>ISO 8601 text such as P1Y2M, as FEEL's string().</summary>
    public override string ToString() => FeelText.YearsMonths(TotalMonths);
}

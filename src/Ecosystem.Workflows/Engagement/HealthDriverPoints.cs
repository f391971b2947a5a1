namespace Ecosystem.Workflows.Engagement;

/// <summary>What a driver contributed to a health score.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Points">Its points; the points of all drivers sum to the score exactly.</param>
/// <param name="MaxPoints">What it could have contributed.</param>
/// <param name="Value">The value; null when there was no evidence.</param>
public sealed record HealthDriverPoints(string Name, decimal Points, decimal MaxPoints, decimal? Value);

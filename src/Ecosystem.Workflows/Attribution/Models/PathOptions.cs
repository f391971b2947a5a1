namespace Ecosystem.Workflows.Attribution.Models;

/// <summary>What the path models need to know besides the touches.</summary>
public sealed record PathOptions
{
    /// <summary>The options with their defaults.</summary>
    public static PathOptions Default { get; } = new();

    /// <summary>Days in which a touch loses half its weight in the time-decay model. 7 is common and too short between businesses; default 30.</summary>
    public decimal HalfLifeDays { get; init; } = 30m;

    /// <summary>The position of the touch that made the lead, or null when unknown. U-shaped then takes the last touch.</summary>
    public int? LeadTouch { get; init; }

    /// <summary>The position of the touch that made the opportunity, or null when unknown.</summary>
    public int? OpportunityTouch { get; init; }
}

namespace Ecosystem.Workflows.Onboarding;

/// <summary>What being on a list means.</summary>
public enum WatchlistKind
{
    /// <summary>Doing business is forbidden.</summary>
    Sanctions,

    /// <summary>A competitor.</summary>
    Competitor,

    /// <summary>A politically exposed person.</summary>
    PoliticallyExposed,

    /// <summary>A country with high risk; the name is its ISO code.</summary>
    HighRiskCountry,
}

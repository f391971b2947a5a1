namespace Ecosystem.Workflows.Deals;

/// <summary>Whether others claim the same opportunity.</summary>
public enum DisputeState
{
    /// <summary>Nobody does.</summary>
    None,

    /// <summary>A conflict case is open.</summary>
    Open,

    /// <summary>The conflict was ruled on.</summary>
    Ruled,
}

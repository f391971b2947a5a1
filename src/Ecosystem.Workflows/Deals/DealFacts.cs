namespace Ecosystem.Workflows.Deals;

/// <summary>What the deal machine knows of a deal when it decides.</summary>
public sealed record DealFacts
{
    /// <summary>Where it stands.</summary>
    public required DealState State { get; init; }

    /// <summary>When the protection ends; only while protected.</summary>
    public DateTimeOffset? ProtectedUntil { get; init; }

    /// <summary>How often it was extended.</summary>
    public int Extensions { get; init; }

    /// <summary>Where the wish for a longer protection stands.</summary>
    public ExtensionState Extension { get; init; }

    /// <summary>Whether others claim it.</summary>
    public DisputeState Dispute { get; init; }

    /// <summary>How often it was submitted again.</summary>
    public int Resubmissions { get; init; }

    /// <summary>After a rejection: it may be submitted again.</summary>
    public bool Resubmittable { get; init; }

    /// <summary>When an activity was last logged for it, or null.</summary>
    public DateOnly? LastActivityOn { get; init; }
}

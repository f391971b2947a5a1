namespace Ecosystem.Workflows.Deals;

/// <summary>Something that is to be done to a deal.</summary>
/// <param name="Action">What.</param>
/// <param name="Now">The present time.</param>
/// <param name="Reason">Why, in words; needed for every action that takes something away from somebody.</param>
public sealed record DealCommand(DealAction Action, DateTimeOffset Now, string? Reason = null)
{
    /// <summary>For <see cref="DealAction.Protect"/> and the extensions: how many days; null for what the policy says.</summary>
    public int? Days { get; init; }

    /// <summary>For <see cref="DealAction.Reject"/>: whether it may be submitted again.</summary>
    public bool Resubmittable { get; init; }

    /// <summary>For <see cref="DealAction.Reject"/>: the stable code of the reason.</summary>
    public string? ReasonCode { get; init; }
}

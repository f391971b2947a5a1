namespace Ecosystem.Workflows.Conflicts;

/// <summary>How a conflict is to be ruled on: one of the proposals, or shares of the ruler's own.</summary>
public sealed record ConflictRuling
{
    /// <summary>The kind of the proposal that is accepted; null when <see cref="Shares"/> are given, or for the recommended one when they are not.</summary>
    public string? Proposal { get; init; }

    /// <summary>Shares of the ruler's own: each partner once, summing to exactly 100.00 per cent.</summary>
    public IReadOnlyList<ProposedShare>? Shares { get; init; }

    /// <summary>Why, in words; needed when the shares are the ruler's own.</summary>
    public string? Reason { get; init; }
}

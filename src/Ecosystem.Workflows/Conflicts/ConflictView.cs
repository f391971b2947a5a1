using System.Text.Json;
using Ecosystem.Workflows.Storage;

namespace Ecosystem.Workflows.Conflicts;

/// <summary>A conflict as pages and the API show it. A partner's actor sees itself among the parties, and of the others only that they exist.</summary>
public sealed record ConflictView
{
    /// <summary>Its id.</summary>
    public required ConflictId Id { get; init; }

    /// <summary>The deal that waits for the ruling; null for an actor of another partner.</summary>
    public DealId? DealId { get; init; }

    /// <summary>Where it stands.</summary>
    public ConflictStatus Status { get; init; }

    /// <summary>How sure it is.</summary>
    public ConflictLevel Level { get; init; }

    /// <summary>The highest score, 0 to 1.</summary>
    public decimal Score { get; init; }

    /// <summary>The kind.</summary>
    public required string Kind { get; init; }

    /// <summary>How many partners contest the deal.</summary>
    public int PartyCount { get; init; }

    /// <summary>The parties the viewer may see.</summary>
    public IReadOnlyList<ConflictParty> Parties { get; init; } = [];

    /// <summary>The matches; the vendor's people only.</summary>
    public IReadOnlyList<ConflictMatch> Matches { get; init; } = [];

    /// <summary>The proposals with their arithmetic, recommended first; a partner sees its own shares in them.</summary>
    public IReadOnlyList<SplitProposal> Proposals { get; init; } = [];

    /// <summary>Who is ahead on the precedence ladder; the vendor's people only.</summary>
    public PartnerId? Leader { get; init; }

    /// <summary>The step of the ladder that decided it.</summary>
    public string? Precedence { get; init; }

    /// <summary>The accepted proposal, or null while open.</summary>
    public string? Outcome { get; init; }

    /// <summary>Why it was ruled so.</summary>
    public string? Reason { get; init; }

    /// <summary>The decision that found it.</summary>
    public DecisionId DecisionId { get; init; }

    /// <summary>The decision that proposed how to split, or null.</summary>
    public DecisionId? SplitDecisionId { get; init; }

    /// <summary>The case that resolves it.</summary>
    public CaseId? CaseId { get; init; }

    /// <summary>When it was opened.</summary>
    public DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it ended, or null.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The version, for <c>ETag</c> and <c>If-Match</c>.</summary>
    public long Version { get; init; }

    internal static ConflictView Of(Conflict conflict, int partyCount, Actor viewer)
    {
        var staff = viewer.Partner is null;
        var proposals = JsonSerializer.Deserialize<SplitProposal[]>(conflict.ProposalsJson, StoredJson.Options) ?? [];
        return new ConflictView
        {
            Id = conflict.Id,
            DealId = staff || conflict.Parties.Any(party => party.DealId == conflict.DealId && viewer.MaySee(party.PartnerId)) ? conflict.DealId : null,
            Status = conflict.Status,
            Level = conflict.Level,
            Score = conflict.Score,
            Kind = conflict.Kind,
            PartyCount = partyCount,
            Parties = [.. conflict.Parties.Where(party => viewer.MaySee(party.PartnerId)).OrderBy(party => party.SubmittedAt)],
            Matches = staff ? JsonSerializer.Deserialize<ConflictMatch[]>(conflict.MatchesJson, StoredJson.Options) ?? [] : [],
            Proposals = staff ? proposals : [.. proposals.Select(proposal => proposal with { Shares = [.. proposal.Shares.Where(share => viewer.MaySee(share.PartnerId))] })],
            Leader = staff ? conflict.Leader : null,
            Precedence = conflict.Precedence,
            Outcome = conflict.Outcome,
            Reason = conflict.ReasonText,
            DecisionId = conflict.DecisionId,
            SplitDecisionId = conflict.SplitDecisionId,
            CaseId = conflict.CaseId,
            OpenedAt = conflict.OpenedAt,
            EndedAt = conflict.EndedAt,
            Version = conflict.Version,
        };
    }
}

namespace Ecosystem.Workflows.Partners;

/// <summary>What a merge changed: per changed field of the two partners the value before, and the contacts and keys that moved.</summary>
internal sealed record MergeSnapshot(
    IReadOnlyDictionary<string, string?> SurvivorBefore,
    PartnerStatus AbsorbedStatus,
    string? AbsorbedStatusReason,
    IReadOnlyList<ContactId> MovedContacts,
    IReadOnlyList<string> AddedKeys);

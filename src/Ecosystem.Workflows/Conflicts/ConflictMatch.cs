namespace Ecosystem.Workflows.Conflicts;

/// <summary>What resembles a deal: another deal, or what somebody holds of its customer without one.</summary>
/// <param name="DealId">The deal; null for a named account, a contract or an opportunity that was not registered.</param>
/// <param name="PartnerId">The partner that holds it; null for the vendor's own team.</param>
/// <param name="Score">How alike, 0 to 1.</param>
/// <param name="Level">What the score means.</param>
/// <param name="Kind">The kind of conflict, for example <c>partner-partner</c>.</param>
/// <param name="Keys">The signals that matched, in words.</param>
public sealed record ConflictMatch(DealId? DealId, PartnerId? PartnerId, decimal Score, ConflictLevel Level, string Kind, IReadOnlyList<string> Keys);

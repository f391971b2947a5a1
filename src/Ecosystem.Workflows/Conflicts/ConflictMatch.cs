namespace Ecosystem.Workflows.Conflicts;

/// <summary>A deal that resembles another.</summary>
/// <param name="DealId">The deal.</param>
/// <param name="PartnerId">The partner that holds it.</param>
/// <param name="Score">How alike, 0 to 1.</param>
/// <param name="Level">What the score means.</param>
/// <param name="Kind">The kind of conflict, for example <c>partner-partner</c>.</param>
/// <param name="Keys">The signals that matched, in words.</param>
public sealed record ConflictMatch(DealId DealId, PartnerId PartnerId, decimal Score, ConflictLevel Level, string Kind, IReadOnlyList<string> Keys);

namespace Ecosystem.Workflows.Conflicts;

/// <summary>Which conflicts are wanted; null means any.</summary>
/// <param name="Status">Where they stand.</param>
/// <param name="DealId">The deal that waits for the ruling.</param>
public sealed record ConflictQuery(ConflictStatus? Status = null, DealId? DealId = null);

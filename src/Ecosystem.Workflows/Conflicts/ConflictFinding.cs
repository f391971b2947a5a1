namespace Ecosystem.Workflows.Conflicts;

/// <summary>What the search for conflicts found.</summary>
/// <param name="Level">The strongest level.</param>
/// <param name="Score">The highest score.</param>
/// <param name="Against">The deal with the highest score; null when there is none, or when what has it is no deal.</param>
/// <param name="Kind">The kind of the strongest conflict; <c>none</c> when there is none.</param>
/// <param name="Matches">Everything that reaches a review, strongest first.</param>
/// <param name="DecisionId">The stored decision.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record ConflictFinding(
    ConflictLevel Level, decimal Score, DealId? Against, string Kind, IReadOnlyList<ConflictMatch> Matches, DecisionId DecisionId, string Reason);

namespace Ecosystem.Workflows.Deals;

/// <summary>What the deal machine decided.</summary>
/// <param name="Before">The facts before.</param>
/// <param name="After">The facts after.</param>
/// <param name="Reason">Why, in words: never empty.</param>
public sealed record DealTransition(DealFacts Before, DealFacts After, string Reason);

namespace Ecosystem.Workflows.Deals;

/// <summary>The close of a deal.</summary>
/// <param name="Result">Won or lost.</param>
/// <param name="ClosedOn">The day.</param>
/// <param name="Amount">What it was won for, in the currency of the registration; null for a lost deal.</param>
/// <param name="Reason">Why, in words; optional.</param>
public sealed record DealClose(DealResult Result, DateOnly ClosedOn, Money? Amount = null, string? Reason = null);

namespace Ecosystem.Workflows.Deals;

/// <summary>Which deals are wanted; null means any.</summary>
/// <param name="PartnerId">The partner.</param>
/// <param name="State">The state.</param>
/// <param name="Text">Part of the customer's name.</param>
public sealed record DealQuery(PartnerId? PartnerId = null, DealState? State = null, string? Text = null);

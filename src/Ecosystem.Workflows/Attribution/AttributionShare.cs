namespace Ecosystem.Workflows.Attribution;

/// <summary>What a model gives a partner.</summary>
/// <param name="PartnerId">The partner.</param>
/// <param name="Share">The share in per cent, rounded to two decimals; the shares sum to 100.00.</param>
/// <param name="Exact">The share as an exact fraction, for example <c>19/49</c>; null for what the ruleset says.</param>
/// <param name="Amount">The part of the deal's amount; the parts sum to it exactly.</param>
public sealed record AttributionShare(PartnerId PartnerId, decimal Share, string? Exact, Money Amount);

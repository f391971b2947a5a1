namespace Ecosystem.Workflows.Incentives.Payouts;

/// <summary>A partner that a run does not pay.</summary>
/// <param name="Partner">The partner.</param>
/// <param name="Open">What stays open.</param>
/// <param name="Reason">Why.</param>
public sealed record SkippedPartner(PartnerId Partner, Money Open, string Reason);

namespace Ecosystem.Workflows.Partners;

/// <summary>Which partners are wanted; null means any.</summary>
/// <param name="Text">Part of the name or domain.</param>
/// <param name="Status">The status.</param>
/// <param name="Tier">The tier.</param>
/// <param name="Region">The region.</param>
public sealed record PartnerQuery(string? Text = null, PartnerStatus? Status = null, PartnerTier? Tier = null, string? Region = null);

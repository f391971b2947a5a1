namespace Ecosystem.Workflows.Partners;

/// <summary>An application that was taken in.</summary>
/// <param name="PartnerId">The new partner.</param>
/// <param name="CaseId">Its onboarding case.</param>
public sealed record PartnerApplied(PartnerId PartnerId, CaseId CaseId);

namespace Ecosystem.Workflows.Deals;

/// <summary>A registration that was taken in.</summary>
/// <param name="DealId">The new deal.</param>
/// <param name="CaseId">The case that drives it.</param>
public sealed record DealRegistered(DealId DealId, CaseId CaseId);

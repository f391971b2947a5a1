namespace Ecosystem.Workflows.Definitions;

/// <summary>Which cases.</summary>
/// <param name="Kind">The definition.</param>
/// <param name="Status">How they stand.</param>
/// <param name="WaitingFor">Who has to act.</param>
/// <param name="PartnerId">The partner they belong to.</param>
/// <param name="Subject">What they are about.</param>
public sealed record CaseQuery(string? Kind = null, CaseStatus? Status = null, string? WaitingFor = null, PartnerId? PartnerId = null, Subject? Subject = null);

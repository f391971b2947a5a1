namespace Ecosystem.Workflows.Definitions;

/// <summary>For whom a pilot is.</summary>
/// <param name="Percent">A share of all partners, 1 to 99; which they are is stable.</param>
/// <param name="Partners">Partners by name.</param>
public sealed record DefinitionPilot(int? Percent, IReadOnlyList<PartnerId> Partners);

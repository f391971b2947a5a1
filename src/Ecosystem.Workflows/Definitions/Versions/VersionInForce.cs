namespace Ecosystem.Workflows.Definitions;

/// <summary>A version that new cases start on.</summary>
/// <param name="DefinitionId">The definition.</param>
/// <param name="Version">The number of the version.</param>
/// <param name="ContentHash">What it does, as a hash.</param>
public sealed record VersionInForce(string DefinitionId, int Version, string ContentHash);

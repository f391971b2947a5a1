namespace Ecosystem.Rules.Rulesets;

/// <summary>One output that differs.</summary>
/// <param name="Output">The output; <c>error</c> when a version cannot decide.</param>
/// <param name="Before">Value under the version in force, in words.</param>
/// <param name="After">Value under the new version, in words.</param>
public sealed record ImpactDifference(string Output, string Before, string After);

namespace Ecosystem.Rules.Rulesets;

/// <summary>How often an output goes from one value to another.</summary>
/// <param name="Output">The output.</param>
/// <param name="Before">Value under the version in force, in words.</param>
/// <param name="After">Value under the new version, in words.</param>
/// <param name="Count">In how many decisions.</param>
public sealed record ImpactTransition(string Output, string Before, string After, long Count);

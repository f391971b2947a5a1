namespace Ecosystem.Rules.Rulesets;

/// <summary>How often an output goes from one value to another.</summary>
/// <param name="Output">The output.</param>
/// <param name="Before">Value under the version in force, in words; <see cref="Others"/> for all that are not told apart.</param>
/// <param name="After">Value under the new version, in words; <see cref="Others"/> for all that are not told apart.</param>
/// <param name="Count">In how many decisions.</param>
public sealed record ImpactTransition(string Output, string Before, string After, long Count)
{
    /// <summary>Stands for the values of all changes beyond the first ten thousand different ones.</summary>
    public const string Others = "…";
}

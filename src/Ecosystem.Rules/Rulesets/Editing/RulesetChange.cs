namespace Ecosystem.Rules.Rulesets;

/// <summary>One difference between two versions of a ruleset, in words.</summary>
/// <param name="Kind"><c>added</c>, <c>removed</c>, <c>changed</c> or <c>moved</c>.</param>
/// <param name="Path">Place in the document, such as <c>sections/routing/rows/small/amount</c>.</param>
/// <param name="Text">The difference in a sentence.</param>
/// <param name="Structural">Whether the structure changed, not only a value in a cell.</param>
public sealed record RulesetChange(string Kind, string Path, string Text, bool Structural)
{
    /// <inheritdoc/>
    public override string ToString() => Text;
}

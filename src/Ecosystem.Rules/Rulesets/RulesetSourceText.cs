namespace Ecosystem.Rules.Rulesets;

/// <summary>A piece of text of the document (an expression, a reason) with its place.</summary>
/// <param name="Text">The text.</param>
/// <param name="Line">Line of its first character, counted from 1; 0 when it was not written in the document.</param>
/// <param name="Column">Column of its first character, counted from 1; 0 when it was not written in the document.</param>
public sealed record RulesetSourceText(string Text, int Line = 0, int Column = 0)
{
    /// <inheritdoc/>
    public override string ToString() => Text;
}

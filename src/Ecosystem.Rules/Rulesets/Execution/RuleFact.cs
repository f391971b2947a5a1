namespace Ecosystem.Rules.Rulesets;

/// <summary>The fact that stands for one element of a list.</summary>
/// <param name="list">Number of the list in its network.</param>
/// <param name="value">The element.</param>
internal sealed class RuleFact(int list, object? value)
{
    public int List { get; } = list;

    public object? Value { get; } = value;
}

namespace Ecosystem.Rules.Network;

/// <summary>A match of a nested network as an element of an aggregation. Elements of the same result form a list.</summary>
internal abstract class ElementTuple : Tuple
{
    public SubnetTuple Owner = null!;
    public ElementTuple? PreviousElement;
    public ElementTuple? NextElement;
    public object? State;
}

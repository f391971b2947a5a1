namespace Ecosystem.Rules.Network;

/// <summary>An element with the value that the aggregation sees of it.</summary>
internal sealed class ElementTuple<T> : ElementTuple
{
    public T Element = default!;
}

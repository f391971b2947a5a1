namespace Ecosystem.Rules.Network;

/// <summary>A tuple at the left side of an aggregation or a quantifier over a nested network, with its copy at the start of that network.</summary>
internal sealed class SubnetTuple : LeftTuple
{
    public Tuple? Inner;
    public object? State;
    public int ResultCount;
    public bool IsLeaving;
}

namespace Ecosystem.Rules.Network;

/// <summary>A tuple at the left side of an aggregation or a quantifier over a nested network, with its copy at the start of that network.</summary>
internal sealed class SubnetTuple : LeftTuple
{
    public Tuple? Inner;
    public object? State;

    /// <summary>For a quantifier, how many results there are; for an aggregation, the last update of partial matches that changed the results.</summary>
    public int ResultCount;
    public bool IsLeaving;
}

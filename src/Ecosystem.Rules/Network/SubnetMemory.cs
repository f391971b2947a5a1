namespace Ecosystem.Rules.Network;

/// <summary>What a node over a nested network holds in a session.</summary>
internal sealed class SubnetMemory : NodeMemory
{
    public SubnetTuple? Root;
    public int Count;

    /// <summary>Whether changes that come from the nested network are kept until all of them are there.</summary>
    public bool IsCollecting;

    public Buffer<Tuple> Added { get; } = new();

    public Buffer<Tuple> Updated { get; } = new();

    public Buffer<Tuple> Removed { get; } = new();

    public override int? ElementCount => Count;

    public void ClearCollected()
    {
        IsCollecting = false;
        Added.Clear();
        Updated.Clear();
        Removed.Clear();
    }
}

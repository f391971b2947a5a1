namespace Ecosystem.Rules.Network;

/// <summary>What a node over a nested network holds in a session.</summary>
internal sealed class SubnetMemory : NodeMemory
{
    public SubnetTuple? Root;
    public int Count;

    /// <summary>Whether changes that come from the nested network are kept until all of them are there.</summary>
    public bool IsCollecting;

    /// <summary>Whether partial matches are being updated, and how often that has happened.</summary>
    public bool IsUpdatingLeft;
    public int UpdateRound;

    public Buffer<Tuple> Added { get; } = new();

    public override int? ElementCount => Count;

    public void ClearCollected()
    {
        IsCollecting = false;
        Added.Clear();
    }
}

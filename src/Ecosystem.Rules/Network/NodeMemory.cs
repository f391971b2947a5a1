namespace Ecosystem.Rules.Network;

/// <summary>What a node holds in a session.</summary>
internal abstract class NodeMemory
{
    public abstract int? ElementCount { get; }
}

namespace Ecosystem.Rules.Network;

/// <summary>How a join is indexed.</summary>
internal abstract class JoinIndex
{
    public abstract JoinMemory CreateMemory();
}

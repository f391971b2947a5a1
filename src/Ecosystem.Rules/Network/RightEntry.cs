namespace Ecosystem.Rules.Network;

/// <summary>A fact at the right side of a join or quantifier.</summary>
internal sealed class RightEntry : FactLink
{
    public Bucket Bucket = null!;
    public RightEntry? PreviousInBucket;
    public RightEntry? NextInBucket;
    public Tuple? FirstChild;
    public Tuple? LastChild;
    public QuantifierTuple? FirstBlocked;
    public Tuple? Mark;
    public uint Sequence;
}

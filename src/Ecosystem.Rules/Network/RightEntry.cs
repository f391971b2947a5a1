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

    /// <summary>The last update that gave the fact another key; see <see cref="Session.UpdateNumber"/>.</summary>
    public uint MovedIn;

    /// <summary>The bucket it was in before that update.</summary>
    public Bucket? MovedFrom;

    /// <summary>Whether the node that is at work on an update has found that the fact has another key.</summary>
    public bool HasMoved;
}

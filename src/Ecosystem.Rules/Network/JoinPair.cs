namespace Ecosystem.Rules.Network;

/// <summary>A partial match and a fact that join, and the tuple made from them, if there is one.</summary>
internal readonly record struct JoinPair(LeftTuple Left, RightEntry Right, Tuple? Child)
{
    /// <summary>Orders pairs by partial match, then by fact: the order in which a nested loop would find them.</summary>
    public static int Compare(JoinPair a, JoinPair b)
    {
        var byLeft = a.Left.Sequence.CompareTo(b.Left.Sequence);
        return byLeft != 0 ? byLeft : a.Right.Sequence.CompareTo(b.Right.Sequence);
    }
}

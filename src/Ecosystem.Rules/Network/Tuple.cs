using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Network;

/// <summary>
/// A partial match: the parent's facts and one more (or none, behind a negation). A tuple belongs to the node it enters. If several nodes follow
/// the one that made it, each gets a copy; the copies form a list from <see cref="Peer"/> to <see cref="Peer"/>, and only the first is a child of
/// the parent.
/// </summary>
internal class Tuple : FactLink, ITuple
{
    public LeftTuple? Parent;
    public RightEntry? Right;
    public Tuple? PreviousSibling;
    public Tuple? NextSibling;
    public Tuple? PreviousOfRight;
    public Tuple? NextOfRight;
    public Tuple? Peer;

    public int Count
    {
        get
        {
            var count = 0;
            for (var tuple = this; tuple is not null; tuple = tuple.Parent)
            {
                count += tuple.Fact is null ? 0 : 1;
            }

            return count;
        }
    }

    IEnumerable<IFact> ITuple.Facts
    {
        get
        {
            for (var tuple = this; tuple is not null; tuple = tuple.Parent)
            {
                if (tuple.Fact is not null)
                {
                    yield return tuple.Fact;
                }
            }
        }
    }

    /// <summary>Facts, the earliest first.</summary>
    public List<IFact> OrderedFacts()
    {
        var facts = ((ITuple)this).Facts.ToList();
        facts.Reverse();
        return facts;
    }

    public Tuple Ancestor(int hops)
    {
        var tuple = this;
        for (; hops > 0; hops--)
        {
            tuple = tuple.Parent!;
        }

        return tuple;
    }
}

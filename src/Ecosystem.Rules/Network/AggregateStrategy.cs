namespace Ecosystem.Rules.Network;

/// <summary>How an aggregation folds elements into results. One for each node, shared by all sessions; what belongs to a partial match is in <see cref="SubnetTuple.State"/>.</summary>
internal abstract class AggregateStrategy
{
    /// <summary>Whether <see cref="Add"/> is called for a new partial match even if there are no elements.</summary>
    public virtual bool NeedsEmptyAdd => false;

    public abstract ElementTuple NewElement();

    /// <summary>Elements that the state of a partial match holds, for starting anew after an error.</summary>
    public abstract IEnumerable<ElementTuple> Elements(object state);

    /// <summary>Makes the state of a new partial match, and the results that exist even without elements.</summary>
    public abstract object Start(Session session, AggregateContext context, SubnetTuple left);

    public abstract void Add(Session session, AggregateContext context, SubnetTuple left, ReadOnlySpan<Tuple> elements);

    public abstract void Modify(Session session, AggregateContext context, SubnetTuple left, ReadOnlySpan<Tuple> elements);

    public abstract void Remove(Session session, AggregateContext context, SubnetTuple left, ReadOnlySpan<Tuple> elements);
}

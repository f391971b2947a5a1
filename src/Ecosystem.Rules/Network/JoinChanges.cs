namespace Ecosystem.Rules.Network;

/// <summary>What an update does to the results of a join.</summary>
internal sealed class JoinChanges : IPoolable<JoinChanges>
{
    private readonly Buffer<JoinPair> _updated = new();
    private readonly Buffer<JoinPair> _asserted = new();
    private readonly Buffer<JoinPair> _retracted = new();
    private int _updatedStart;
    private int _assertedStart;
    private int _retractedStart;

    public int Asserted => _asserted.Count;

    public int Updated => _updated.Count;

    public int Retracted => _retracted.Count;

    public static JoinChanges Create() => new();

    public void Matches(LeftTuple left, RightEntry right, Tuple? child) =>
        (child is null ? _asserted : _updated).Add(new JoinPair(left, right, child));

    public void Retract(LeftTuple left, RightEntry right, Tuple child) => _retracted.Add(new JoinPair(left, right, child));

    /// <summary>Puts all pairs in the order in which a nested loop would find them.</summary>
    public void Sort()
    {
        (_updatedStart, _assertedStart, _retractedStart) = (0, 0, 0);
        SortSegment();
    }

    /// <summary>Says that a segment starts here, which <see cref="SortSegment"/> sorts.</summary>
    public void StartSegment() => (_updatedStart, _assertedStart, _retractedStart) = (_updated.Count, _asserted.Count, _retracted.Count);

    public void SortSegment()
    {
        Sort(_updated.Span[_updatedStart..]);
        Sort(_asserted.Span[_assertedStart..]);
        Sort(_retracted.Span[_retractedStart..]);
    }

    private static void Sort(Span<JoinPair> pairs)
    {
        for (var i = 1; i < pairs.Length; i++)
        {
            if (JoinPair.Compare(pairs[i - 1], pairs[i]) > 0)
            {
                pairs.Sort(JoinPair.Compare);
                return;
            }
        }
    }

    public void Propagate(Session session, TupleOutput output)
    {
        var updated = session.Tuples.Rent();
        var asserted = session.Tuples.Rent();
        var retracted = session.Tuples.Rent();
        foreach (var pair in _retracted.Span)
        {
            LeftTuple.Unlink(pair.Child!);
            retracted.Add(pair.Child!);
        }

        foreach (var pair in _asserted.Span)
        {
            asserted.Add(output.Create(session, pair.Left, pair.Right.Fact, pair.Right));
        }

        foreach (var pair in _updated.Span)
        {
            updated.Add(pair.Child!);
        }

        // What is gone, what is new, what changed: the order in which matches come to the agenda.
        output.Retract(session, retracted.Span);
        output.Assert(session, asserted.Span);
        output.Update(session, updated.Span);
        session.Tuples.Return(updated);
        session.Tuples.Return(asserted);
        session.Tuples.Return(retracted);
    }

    public void Clear()
    {
        _updated.Clear();
        _asserted.Clear();
        _retracted.Clear();
    }
}

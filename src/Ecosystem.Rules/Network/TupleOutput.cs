namespace Ecosystem.Rules.Network;

/// <summary>Makes the tuples that leave a node and hands them to the nodes after it.</summary>
internal sealed class TupleOutput(NodeInfo info, bool isCounted = true)
{
    private TupleSink[] _sinks = [];

    public NodeInfo Info { get; } = info;

    public IReadOnlyList<TupleSink> Sinks => _sinks;

    public void Attach(TupleSink sink) => _sinks = [.. _sinks, sink];

    public Tuple Create(Session session, LeftTuple? parent, FactBase? fact, RightEntry? right)
    {
        var sinks = _sinks;
        var tuple = sinks[0].NewTuple(session);
        tuple.Fact = fact;
        parent?.AddChild(tuple);
        if (right is not null)
        {
            tuple.Right = right;
            tuple.PreviousOfRight = right.LastChild;
            if (right.LastChild is null)
            {
                right.FirstChild = tuple;
            }
            else
            {
                right.LastChild.NextOfRight = tuple;
            }

            right.LastChild = tuple;
        }

        if (sinks.Length > 1)
        {
            CreatePeers(session, tuple);
        }

        return tuple;
    }

    public void Assert(Session session, ReadOnlySpan<Tuple> tuples)
    {
        if (tuples.Length == 0)
        {
            return;
        }

        session.Count(Info, MetricKind.InsertInput, isCounted ? tuples.Length : 0);
        session.Timer?.Enter(_sinks[0].Info, MetricKind.InsertInput);
        _sinks[0].Assert(session, tuples);
        session.Timer?.Exit();
        if (_sinks.Length > 1)
        {
            ForPeers(session, tuples, MetricKind.InsertInput, static (sink, session, peers) => sink.Assert(session, peers));
        }
    }

    public void Update(Session session, ReadOnlySpan<Tuple> tuples)
    {
        if (tuples.Length == 0)
        {
            return;
        }

        session.Count(Info, MetricKind.UpdateInput, isCounted ? tuples.Length : 0);
        session.Timer?.Enter(_sinks[0].Info, MetricKind.UpdateInput);
        _sinks[0].Update(session, tuples);
        session.Timer?.Exit();
        if (_sinks.Length > 1)
        {
            ForPeers(session, tuples, MetricKind.UpdateInput, static (sink, session, peers) => sink.Update(session, peers));
        }
    }

    public void Retract(Session session, ReadOnlySpan<Tuple> tuples)
    {
        if (tuples.Length == 0)
        {
            return;
        }

        session.Count(Info, MetricKind.RetractInput, isCounted ? tuples.Length : 0);
        if (_sinks.Length > 1)
        {
            RetractPeers(session, tuples);
        }

        session.Timer?.Enter(_sinks[0].Info, MetricKind.RetractInput);
        _sinks[0].Retract(session, tuples);
        session.Timer?.Exit();
    }

    /// <summary>Withdraws the copies, the last first: what came last goes first.</summary>
    private void RetractPeers(Session session, ReadOnlySpan<Tuple> tuples)
    {
        var peers = session.Tuples.Rent();
        peers.EnsureCapacity(tuples.Length * (_sinks.Length - 1));
        foreach (var tuple in tuples)
        {
            peers.Add(tuple.Peer!);
        }

        for (var i = tuples.Length; i < tuples.Length * (_sinks.Length - 1); i++)
        {
            peers.Add(peers[i - tuples.Length].Peer!);
        }

        for (var i = _sinks.Length - 1; i > 0; i--)
        {
            session.Timer?.Enter(_sinks[i].Info, MetricKind.RetractInput);
            _sinks[i].Retract(session, peers.Span.Slice((i - 1) * tuples.Length, tuples.Length));
            session.Timer?.Exit();
        }

        session.Tuples.Return(peers);
    }

    public void Rebucket(Session session, Tuple tuple)
    {
        var peer = tuple;
        foreach (var sink in _sinks)
        {
            sink.Rebucket(session, peer!);
            peer = peer!.Peer;
        }
    }

    private void CreatePeers(Session session, Tuple tuple)
    {
        var last = tuple;
        for (var i = 1; i < _sinks.Length; i++)
        {
            var peer = _sinks[i].NewTuple(session);
            peer.Fact = tuple.Fact;
            peer.Parent = tuple.Parent;
            last.Peer = peer;
            last = peer;
        }
    }

    private delegate void Pass(TupleSink sink, Session session, ReadOnlySpan<Tuple> tuples);

    private void ForPeers(Session session, ReadOnlySpan<Tuple> tuples, MetricKind kind, Pass pass)
    {
        var peers = session.Tuples.Rent();
        foreach (var tuple in tuples)
        {
            peers.Add(tuple.Peer!);
        }

        for (var i = 1; i < _sinks.Length; i++)
        {
            if (i > 1)
            {
                foreach (ref var peer in peers.Span)
                {
                    peer = peer.Peer!;
                }
            }

            session.Timer?.Enter(_sinks[i].Info, kind);
            pass(_sinks[i], session, peers.Span);
            session.Timer?.Exit();
        }

        session.Tuples.Return(peers);
    }
}

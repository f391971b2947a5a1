using Ecosystem.Rules.Diagnostics;

namespace Ecosystem.Rules.Network;

/// <summary>Counters of a session, in one array: six for each node.</summary>
internal sealed class SessionMetrics(Session session) : IMetricsProvider
{
    private const int Kinds = 6;
    private int[]? _counts;

    public void Count(NodeInfo node, MetricKind kind, int count)
    {
        var counts = _counts ??= new int[(session.Network.Nodes.Count + 1) * Kinds];
        counts[(node.Id * Kinds) + (int)kind] += count;
    }

    private IEnumerable<NodeInfo> Shown => session.Network.Nodes.Where(n => !n.IsHidden);

    public INodeMetrics? FindByNodeId(int nodeId) => Shown.FirstOrDefault(n => n.Id == nodeId) is { } node
        ? new Metrics(this, node)
        : null;

    public IReadOnlyCollection<INodeMetrics> GetAll() => [.. Shown.OrderBy(n => n.Id).Select(n => new Metrics(this, n))];

    public void Reset()
    {
        _counts = null;
        session.Timer?.Reset();
    }

    private int Get(NodeInfo node, MetricKind kind) => _counts?[(node.Id * Kinds) + (int)kind] ?? 0;

    private sealed class Metrics(SessionMetrics metrics, NodeInfo node) : INodeMetrics
    {
        public int NodeId => node.Id;

        public int? ElementCount => metrics.ElementCount(node);

        public int InsertInputCount => metrics.Get(node, MetricKind.InsertInput);

        public int UpdateInputCount => metrics.Get(node, MetricKind.UpdateInput);

        public int RetractInputCount => metrics.Get(node, MetricKind.RetractInput);

        public int InsertOutputCount => metrics.Get(node, node.PassesAll ? MetricKind.InsertInput : MetricKind.InsertOutput);

        public int UpdateOutputCount => metrics.Get(node, node.PassesAll ? MetricKind.UpdateInput : MetricKind.UpdateOutput);

        public int RetractOutputCount => metrics.Get(node, node.PassesAll ? MetricKind.RetractInput : MetricKind.RetractOutput);

        public long InsertDurationMilliseconds => metrics.Milliseconds(node, MetricKind.InsertInput);

        public long UpdateDurationMilliseconds => metrics.Milliseconds(node, MetricKind.UpdateInput);

        public long RetractDurationMilliseconds => metrics.Milliseconds(node, MetricKind.RetractInput);

        public void Reset()
        {
            if (metrics._counts is { } counts)
            {
                Array.Clear(counts, node.Id * Kinds, Kinds);
            }
        }
    }

    private int? ElementCount(NodeInfo node)
    {
        if (node.NodeType is NodeType.AlphaMemory or NodeType.BetaMemory)
        {
            return Get(node, MetricKind.InsertInput) - Get(node, MetricKind.RetractInput);
        }

        return node.Slot < 0 ? null : session.Memory(node.Slot)?.ElementCount ?? 0;
    }

    private long Milliseconds(NodeInfo node, MetricKind kind) => (long)(session.Timer?.Elapsed(node.Id, kind).TotalMilliseconds ?? 0);
}

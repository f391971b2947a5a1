using System.Collections.Concurrent;

namespace Ecosystem.Workflows.Definitions;

/// <summary>
/// The arrows of a flowchart as seen from where it starts: which lead forward and which lead back (they close a loop), and what can
/// still be reached from where. Walked breadth first from the start, an arrow leads back when its target already leads to its source.
/// </summary>
internal sealed class FlowGraph
{
    private readonly Dictionary<ActivityNode, List<FlowConnection>> outbound = [];
    private readonly Dictionary<ActivityNode, List<FlowConnection>> inbound = [];
    private readonly Dictionary<ActivityNode, List<FlowConnection>> forwardInbound = [];
    private readonly HashSet<FlowConnection> forward = [];
    private readonly Dictionary<ActivityNode, HashSet<ActivityNode>> reach = [];
    private readonly ConcurrentDictionary<FlowConnection, bool> loops = new();
    private readonly ActivityNode start;

    internal FlowGraph(IReadOnlyList<FlowConnection> connections, ActivityNode start)
    {
        this.start = start;
        foreach (var connection in connections)
        {
            Get(outbound, connection.Source).Add(connection);
            Get(inbound, connection.Target).Add(connection);
        }

        var seen = new HashSet<ActivityNode> { start };
        var queue = new Queue<ActivityNode>([start]);
        while (queue.TryDequeue(out var source))
        {
            foreach (var connection in Outbound(source))
            {
                if (connection.Target == source || Leads(connection.Target, source))
                {
                    continue;
                }

                forward.Add(connection);
                Get(forwardInbound, connection.Target).Add(connection);
                if (seen.Add(connection.Target))
                {
                    queue.Enqueue(connection.Target);
                }
            }
        }

        Reachable = seen;
        foreach (var node in seen)
        {
            reach[node] = Reach(node);
        }
    }

    /// <summary>The activities that can be reached from the start.</summary>
    internal IReadOnlySet<ActivityNode> Reachable { get; }

    internal IReadOnlyList<FlowConnection> Outbound(ActivityNode node) => outbound.TryGetValue(node, out var list) ? list : [];

    internal IReadOnlyList<FlowConnection> Inbound(ActivityNode node) => inbound.TryGetValue(node, out var list) ? list : [];

    internal IReadOnlyList<FlowConnection> ForwardInbound(ActivityNode node) => forwardInbound.TryGetValue(node, out var list) ? list : [];

    internal bool IsForward(FlowConnection connection) => forward.Contains(connection);

    /// <summary>Whether an arrow that leads back closes a loop: every way from the start to its source comes through its target.</summary>
    internal bool IsLoop(FlowConnection connection) => loops.GetOrAdd(connection, static (arrow, graph) => !graph.ReachedWithout(arrow.Target).Contains(arrow.Source), this);

    /// <summary>Whether one activity leads to another along forward arrows; an activity does not lead to itself.</summary>
    internal bool CanReach(ActivityNode from, ActivityNode to) => reach.TryGetValue(from, out var set) && set.Contains(to);

    /// <summary>The activities that lead to one along forward arrows.</summary>
    internal IEnumerable<ActivityNode> Ancestors(ActivityNode node) => reach.Where(pair => pair.Value.Contains(node)).Select(pair => pair.Key);

    private static List<FlowConnection> Get(Dictionary<ActivityNode, List<FlowConnection>> map, ActivityNode key)
    {
        if (!map.TryGetValue(key, out var list))
        {
            map[key] = list = [];
        }

        return list;
    }

    private HashSet<ActivityNode> ReachedWithout(ActivityNode avoided)
    {
        if (start == avoided)
        {
            return [];
        }

        var found = new HashSet<ActivityNode> { start };
        var stack = new Stack<ActivityNode>([start]);
        while (stack.TryPop(out var node))
        {
            foreach (var connection in Outbound(node))
            {
                if (forward.Contains(connection) && connection.Target != avoided && found.Add(connection.Target))
                {
                    stack.Push(connection.Target);
                }
            }
        }

        return found;
    }

    private bool Leads(ActivityNode from, ActivityNode to) => Reach(from).Contains(to);

    private HashSet<ActivityNode> Reach(ActivityNode from)
    {
        var found = new HashSet<ActivityNode>();
        var stack = new Stack<ActivityNode>([from]);
        while (stack.TryPop(out var node))
        {
            foreach (var connection in Outbound(node))
            {
                if (forward.Contains(connection) && found.Add(connection.Target))
                {
                    stack.Push(connection.Target);
                }
            }
        }

        return found;
    }
}

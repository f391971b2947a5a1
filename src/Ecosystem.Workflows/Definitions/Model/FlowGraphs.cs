using System.Collections.Concurrent;

namespace Ecosystem.Workflows.Definitions;

/// <summary>The graph of a flowchart for each activity it was started at.</summary>
internal sealed class FlowGraphs
{
    private readonly ConcurrentDictionary<ActivityNode, FlowGraph> graphs = new();

    internal FlowGraph For(ActivityNode flowchart, ActivityNode start) => graphs.GetOrAdd(start, (node, chart) => new FlowGraph(chart.Connections, node), flowchart);
}

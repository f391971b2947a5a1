namespace Ecosystem.Workflows.Definitions;

/// <content>Joins that can never fire.</content>
internal sealed partial class DefinitionChecker
{
    private void CheckJoins(ActivityNode chart, ActivityNode start)
    {
        var graph = chart.Graphs.For(chart, start);
        foreach (var arrow in graph.Reachable.SelectMany(graph.Outbound).Where(arrow => !graph.IsForward(arrow) && !graph.IsLoop(arrow)))
        {
            Error(
                "definition.not-a-loop",
                arrow.Source,
                $"Its arrow '{arrow.Outcome}' leads back to '{arrow.Target.Title}', but it can be reached without coming through there. Lead it back to where all the ways to it begin.");
        }

        foreach (var target in graph.Reachable)
        {
            var mode = FlowchartBehavior.ModeOf(target, input => Values.FromJson(input.Expression.Value));
            if (mode == MergeMode.Converge && graph.Inbound(target).Count > 1
                && graph.Inbound(target).FirstOrDefault(arrow => !graph.IsForward(arrow) && OnlyThrough(chart, start, target, arrow.Source)) is { } back)
            {
                Error("definition.join-never-fires", target, $"It waits for all its arrows, but the one from '{back.Source.Title}' comes only after it has run. Use the merge mode Merge or Stream.");
            }
            else if (mode is MergeMode.Converge or MergeMode.Merge or MergeMode.WaitAll && graph.ForwardInbound(target).Count > 1 && Excluded(chart, graph, start, target) is { } choice)
            {
                Error(
                    "definition.join-never-fires",
                    target,
                    $"It waits for all its arrows, but '{choice.Title}' takes only one of the ways that lead here. Use the merge mode Stream.");
            }
        }
    }

    // Whether every way from the start to an activity goes through another one.
    private static bool OnlyThrough(ActivityNode chart, ActivityNode start, ActivityNode through, ActivityNode to) => !Walk(chart, start, through, null).Contains(to);

    private ActivityNode? Excluded(ActivityNode chart, FlowGraph graph, ActivityNode start, ActivityNode target)
    {
        foreach (var choice in graph.Reachable.Where(node => node != target && graph.CanReach(node, target) && ActivityOutcomes.AreExclusive(node, steps)))
        {
            var without = Walk(chart, start, choice, null);
            var ways = new List<HashSet<string>>();
            foreach (var arrow in graph.ForwardInbound(target))
            {
                if (arrow.Source == choice)
                {
                    ways.Add([arrow.Outcome]);
                }
                else if (!without.Contains(arrow.Source))
                {
                    ways.Add([.. graph.Outbound(choice).Where(exit => exit.Target == arrow.Source || Walk(chart, exit.Target, target, choice).Contains(arrow.Source)).Select(exit => exit.Outcome)]);
                }
            }

            for (var i = 0; i < ways.Count; i++)
            {
                for (var j = i + 1; j < ways.Count; j++)
                {
                    if (ways[i].Count > 0 && ways[j].Count > 0 && !ways[i].Overlaps(ways[j]))
                    {
                        return choice;
                    }
                }
            }
        }

        return null;
    }

    // What can be reached from an activity without passing two others.
    private static HashSet<ActivityNode> Walk(ActivityNode chart, ActivityNode from, ActivityNode? avoid, ActivityNode? avoidToo)
    {
        var seen = new HashSet<ActivityNode>();
        if (from == avoid || from == avoidToo)
        {
            return seen;
        }

        seen.Add(from);
        var stack = new Stack<ActivityNode>([from]);
        while (stack.TryPop(out var node))
        {
            foreach (var connection in chart.Connections.Where(connection => connection.Source == node))
            {
                if (connection.Target != avoid && connection.Target != avoidToo && seen.Add(connection.Target))
                {
                    stack.Push(connection.Target);
                }
            }
        }

        return seen;
    }
}

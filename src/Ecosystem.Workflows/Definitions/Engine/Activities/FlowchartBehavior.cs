namespace Ecosystem.Workflows.Definitions;

/// <summary>
/// A flowchart. When an activity ends, a token is put on each of its arrows: live where the outcome matches, passed where not. A live
/// token schedules its target when the target's merge mode allows. By default that is when nothing still under way can reach the
/// target any more: a branch that may yet arrive is waited for, a branch that was not taken is not.
/// </summary>
internal sealed class FlowchartBehavior : ActivityBehavior
{
    internal static ActivityNode? StartOf(ActivityNode chart, string? triggerActivityId)
    {
        var children = chart.PortList("activities");
        return children.FirstOrDefault(child => triggerActivityId is not null && child.Id == triggerActivityId)
            ?? StartProperty(chart, children)
            ?? children.FirstOrDefault(child => child.Type == "Elsa.Start")
            ?? children.FirstOrDefault(child => child.CanStartWorkflow)
            ?? children.FirstOrDefault(child => !chart.Connections.Exists(connection => connection.Target == child))
            ?? (children.Count > 0 ? children[0] : null);
    }

    internal override void Execute(ProcessEngine engine, ActivityInstance instance)
    {
        if (StartOf(instance.Node, engine.TriggerActivityId) is not { } start)
        {
            engine.Complete(instance);
            return;
        }

        instance.Tokens = [];
        instance.State["start"] = start.Id;
        engine.Schedule(instance, start);
    }

    internal override void ChildCompleted(ProcessEngine engine, ActivityInstance instance, ActivityInstance child, IReadOnlyList<string> outcomes)
    {
        var tokens = instance.Tokens!;
        if (Activities.For(child.Node, engine.Host).IsTerminal)
        {
            tokens.Clear();
            engine.Complete(instance);
            return;
        }

        var graph = Graph(instance);
        var connections = instance.Node.Connections;

        // What led here is used up.
        tokens.RemoveAll(token => connections[token.Connection].Target == child.Node && ((token.Kind == TokenKind.Live && token.Scheduled) || token.Kind == TokenKind.Passed));
        var arrivals = new List<int>();
        for (var i = 0; i < connections.Count; i++)
        {
            if (connections[i].Source == child.Node)
            {
                var taken = outcomes.Contains(connections[i].Outcome, StringComparer.Ordinal);
                if (taken)
                {
                    tokens.Add(new FlowToken(i, TokenKind.Live));
                    arrivals.Add(i);
                }
                else if (!tokens.Exists(token => token.Connection == i))
                {
                    tokens.Add(new FlowToken(i, TokenKind.Passed));
                }
            }
        }

        foreach (var arrival in arrivals)
        {
            Arrive(engine, instance, graph, arrival);
        }

        Settle(engine, instance, graph);
    }

    /// <summary>A child was cancelled or its failure was given up: what waits for it may now go on, or the chart may be over.</summary>
    internal static void Settle(ProcessEngine engine, ActivityInstance instance, FlowGraph graph)
    {
        if (instance.Status != InstanceStatus.Running)
        {
            return;
        }

        var tokens = instance.Tokens!;
        var connections = instance.Node.Connections;
        bool scheduled;
        do
        {
            scheduled = false;
            foreach (var target in tokens.Where(token => token is { Kind: TokenKind.Live, Scheduled: false }).Select(token => connections[token.Connection].Target).Distinct().ToList())
            {
                if (Ready(engine, instance, graph, target))
                {
                    Take(engine, instance, target);
                    scheduled = true;
                }
            }
        }
        while (scheduled);

        if (!tokens.Exists(token => token.Kind == TokenKind.Live) && !engine.HasPendingWork(instance))
        {
            engine.Complete(instance);
        }
    }

    private static ActivityNode? StartProperty(ActivityNode chart, IReadOnlyList<ActivityNode> children) => chart.Json["start"] switch
    {
        System.Text.Json.Nodes.JsonObject activity => children.FirstOrDefault(child => child.Id == activity.Text("id")),
        { } id => children.FirstOrDefault(child => child.Id == id.ToString()),
        _ => null,
    };

    private static FlowGraph Graph(ActivityInstance instance)
    {
        var id = (string)instance.State["start"]!;
        return instance.Node.Graphs.For(instance.Node, instance.Node.PortList("activities").First(child => child.Id == id));
    }

    private static MergeMode ModeOf(ProcessEngine engine, ActivityInstance instance, ActivityNode target)
    {
        if (target.DeclaredMergeMode() is { } declared)
        {
            return declared;
        }

        if (target.Type != "Elsa.FlowJoin")
        {
            return MergeMode.Stream;
        }

        var mode = target.Inputs.TryGetValue("mode", out var input) ? Values.ToText(engine.Evaluate(instance, input)) : "WaitAny";
        return mode switch
        {
            "WaitAny" or "1" => MergeMode.Race,
            "WaitAllInbound" => MergeMode.Converge,
            "WaitAllActive" => MergeMode.Stream,
            _ => MergeMode.WaitAll,
        };
    }

    private static void Arrive(ProcessEngine engine, ActivityInstance instance, FlowGraph graph, int arrival)
    {
        var tokens = instance.Tokens!;
        var connections = instance.Node.Connections;
        var target = connections[arrival].Target;
        var live = tokens.FindLast(token => token.Connection == arrival && token.Kind == TokenKind.Live && !token.Scheduled)!;
        if (!graph.IsForward(connections[arrival]) && ModeOf(engine, instance, target) is MergeMode.Stream or MergeMode.WaitAll or MergeMode.Merge)
        {
            // A loop begins anew: nothing is waited for.
            live.Scheduled = true;
            engine.Schedule(instance, target);
            return;
        }

        switch (ModeOf(engine, instance, target))
        {
            case MergeMode.Cascade:
                live.Scheduled = true;
                engine.Schedule(instance, target);
                break;
            case MergeMode.Race:
                if (tokens.Find(token => token.Connection == arrival && token.Kind == TokenKind.Blocked) is { } blocked)
                {
                    tokens.Remove(blocked);
                    tokens.Remove(live);
                    break;
                }

                if (tokens.Exists(token => token is { Kind: TokenKind.Live, Scheduled: true } && connections[token.Connection].Target == target))
                {
                    tokens.Remove(live);
                    break;
                }

                CancelAncestors(engine, instance, graph, target);
                live.Scheduled = true;
                engine.Schedule(instance, target);
                break;
            default:
                break;
        }
    }

    // The race is won: what waits on the way to the target is called off, and what is already scheduled there is swallowed when it arrives.
    private static void CancelAncestors(ProcessEngine engine, ActivityInstance instance, FlowGraph graph, ActivityNode target)
    {
        var tokens = instance.Tokens!;
        var connections = instance.Node.Connections;
        var ancestors = graph.Ancestors(target).ToHashSet();
        foreach (var child in instance.Children.Where(child => ancestors.Contains(child.Node)).ToList())
        {
            engine.CancelInstance(child);
            tokens.RemoveAll(token => connections[token.Connection].Target == child.Node || connections[token.Connection].Source == child.Node);
        }

        for (var i = 0; i < connections.Count; i++)
        {
            if (connections[i].Target == target && graph.IsForward(connections[i]) && StillUnderWay(instance, graph, connections[i].Source)
                && !tokens.Exists(token => token.Connection == i && token.Kind != TokenKind.Passed))
            {
                tokens.Add(new FlowToken(i, TokenKind.Blocked));
            }
        }
    }

    private static bool StillUnderWay(ActivityInstance instance, FlowGraph graph, ActivityNode source)
    {
        var connections = instance.Node.Connections;
        return instance.Tokens!.Exists(token =>
            token.Kind == TokenKind.Live && connections[token.Connection].Target is var node && (node == source || graph.CanReach(node, source)));
    }

    private static bool Ready(ProcessEngine engine, ActivityInstance instance, FlowGraph graph, ActivityNode target)
    {
        var tokens = instance.Tokens!;
        var connections = instance.Node.Connections;
        bool Has(FlowConnection arrow, bool orPassed) => tokens.Exists(token =>
            connections[token.Connection] == arrow && !token.Scheduled && (token.Kind == TokenKind.Live || (orPassed && token.Kind == TokenKind.Passed)));
        var forward = graph.ForwardInbound(target);
        return ModeOf(engine, instance, target) switch
        {
            MergeMode.Merge => forward.Count <= 1 || forward.All(arrow => Has(arrow, false)),
            MergeMode.Converge => graph.Inbound(target).Count <= 1 || graph.Inbound(target).All(arrow => Has(arrow, false)),
            MergeMode.WaitAll => forward.Count <= 1 || (forward.All(arrow => Has(arrow, true)) && !MayStillArrive(instance, graph, target)),
            _ => forward.Count <= 1 || !MayStillArrive(instance, graph, target),
        };
    }

    // Whether something that has not ended leads to the target along forward arrows, other than through the target itself.
    private static bool MayStillArrive(ActivityInstance instance, FlowGraph graph, ActivityNode target)
    {
        var connections = instance.Node.Connections;
        return instance.Tokens!.Exists(token =>
                token.Kind == TokenKind.Live && connections[token.Connection].Target is var node && node != target && graph.CanReach(node, target))
            || instance.Children.Exists(child => child.Node != target && graph.CanReach(child.Node, target));
    }

    private static void Take(ProcessEngine engine, ActivityInstance instance, ActivityNode target)
    {
        var connections = instance.Node.Connections;
        foreach (var token in instance.Tokens!.Where(token => token is { Kind: TokenKind.Live, Scheduled: false } && connections[token.Connection].Target == target))
        {
            token.Scheduled = true;
        }

        engine.Schedule(instance, target);
    }
}

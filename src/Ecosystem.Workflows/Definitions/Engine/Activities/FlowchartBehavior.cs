using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Definitions;

/// <summary>
/// A flowchart. When an activity ends, each of its arrows is passed: taken where the outcome matches, passed by where not. What was passed by
/// is told on along the arrows, so that an activity several arrows lead to knows exactly whether something may still arrive. By default it runs once nothing can
/// and something has; another merge mode, or a join activity, says otherwise. An arrow that leads back begins a loop anew and is never waited for.
/// </summary>
internal sealed class FlowchartBehavior : ActivityBehavior
{
    private const string Return = "return";
    private const string Looped = "looped";

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

    /// <summary>The merge mode of an activity when its settings are literal; what a join activity's expression gives is known only at run time.</summary>
    internal static MergeMode ModeOf(ActivityNode target, Func<ActivityInput, object?> evaluate)
    {
        if (target.Type is not ("Elsa.FlowJoin" or "Elsa.Join"))
        {
            return target.DeclaredMergeMode() ?? MergeMode.Stream;
        }

        var mode = target.Inputs.TryGetValue("mode", out var input) ? Values.ToText(evaluate(input)) : "";
        return mode switch
        {
            "WaitAll" or "0" => MergeMode.WaitAll,
            "WaitAllInbound" => MergeMode.Merge,
            "WaitAllActive" or "1" => MergeMode.Stream,
            _ => MergeMode.Race,
        };
    }

    internal override void Execute(ProcessEngine engine, ActivityInstance instance)
    {
        if (StartOf(instance.Node, engine.TriggerActivityId) is not { } start)
        {
            engine.Complete(instance);
            return;
        }

        instance.Flow = new FlowState();
        instance.State["start"] = start.Id;
        engine.Schedule(instance, start);
    }

    internal override void ChildCompleted(ProcessEngine engine, ActivityInstance instance, ActivityInstance child, IReadOnlyList<string> outcomes)
    {
        if (Activities.For(child.Node, engine.Host).IsTerminal)
        {
            engine.Complete(instance);
            return;
        }

        var id = (string)instance.State["start"]!;
        var graph = instance.Node.Graphs.For(instance.Node, instance.Node.PortList("activities").First(node => node.Id == id));
        var step = new Step(engine, instance, graph);
        try
        {
            step.Leave(child.Node, outcomes, child.Tag != Return);
            if (instance.State.ContainsKey(Looped))
            {
                step.RunWhatNothingElseCanReach();
            }
        }
        catch (EngineFault fault)
        {
            engine.Fail(instance, fault.Message);
            return;
        }

        if (instance.Flow!.Arrived.Count == 0 && !engine.HasPendingWork(instance))
        {
            engine.Complete(instance);
        }
    }

    private static ActivityNode? StartProperty(ActivityNode chart, IReadOnlyList<ActivityNode> children) => chart.Json["start"] switch
    {
        JsonObject activity => children.FirstOrDefault(child => child.Id == activity.Text("id")),
        { } id => children.FirstOrDefault(child => child.Id == id.ToString()),
        _ => null,
    };

    /// <summary>What follows from the end of one activity.</summary>
    private sealed class Step(ProcessEngine engine, ActivityInstance instance, FlowGraph graph)
    {
        private readonly FlowState flow = instance.Flow!;

        /// <summary>Goes on from an activity that has ended; without outcomes, from one that was passed by.</summary>
        internal void Leave(ActivityNode node, IReadOnlyList<string> outcomes, bool counts)
        {
            if (counts)
            {
                flow.Visit(node);
            }

            foreach (var arrow in graph.Outbound(node))
            {
                var taken = outcomes.Contains(arrow.Outcome, StringComparer.Ordinal);
                flow.Pass(arrow, taken);
                if (graph.IsForward(arrow))
                {
                    Arrive(arrow, taken);
                }
                else if (taken)
                {
                    LeadBack(arrow);
                }
            }
        }

        /// <summary>
        /// After a loop has come round, an activity outside of it may have been reached again while its other arrows were last passed in the round
        /// before. It runs once nothing under way can reach it any more.
        /// </summary>
        internal void RunWhatNothingElseCanReach()
        {
            foreach (var target in graph.Reachable)
            {
                var inbound = graph.ForwardInbound(target);
                if (inbound.Count > 1
                    && inbound.Any(arrow => flow.Waiting.Contains(arrow.Index))
                    && Mode(target) == MergeMode.Stream
                    && !engine.IsUnderWay(instance, target)
                    && !engine.UnderWay(instance).Any(node => graph.CanReach(node, target)))
                {
                    foreach (var arrow in inbound)
                    {
                        flow.Settle(arrow);
                    }

                    TakeWaiting(inbound);
                    engine.Schedule(instance, target);
                }
            }
        }

        private void LeadBack(FlowConnection arrow)
        {
            if (!graph.IsLoop(arrow))
            {
                throw new EngineFault(
                    $"The arrow from '{arrow.Source.Title}' leads back to '{arrow.Target.Title}', but there is a way to '{arrow.Source.Title}' that does not come through '{arrow.Target.Title}', so it is not a loop. Lead it back to where all those ways begin.");
            }

            if (Mode(arrow.Target) == MergeMode.Converge)
            {
                Collect(arrow, graph.Inbound(arrow.Target));
            }
            else
            {
                instance.State[Looped] = true;
                engine.Schedule(instance, arrow.Target, tag: Return);
            }
        }

        private void Arrive(FlowConnection arrow, bool taken)
        {
            var target = arrow.Target;
            var inbound = graph.ForwardInbound(target);
            var mode = Mode(target);
            if (taken && mode == MergeMode.Stream)
            {
                flow.Waiting.Add(arrow.Index);
            }

            switch (mode)
            {
                case MergeMode.Cascade when taken:
                    engine.Schedule(instance, target);
                    break;
                case MergeMode.Race:
                    Race(arrow, inbound);
                    break;
                case MergeMode.Merge when taken:
                    Collect(arrow, inbound);
                    break;
                case MergeMode.Converge when taken:
                    Collect(arrow, graph.Inbound(target));
                    break;
                case MergeMode.WaitAll when AllPassed(inbound, target):
                    ScheduleOrPass(target, inbound.All(flow.IsTaken));
                    break;
                case MergeMode.Stream when AllPassed(inbound, target):
                    ScheduleOrPass(target, TakeWaiting(inbound));
                    break;
                case MergeMode.Cascade or MergeMode.Merge or MergeMode.Converge when AllPassed(inbound, target) && !inbound.Any(flow.IsTaken):
                    Leave(target, [], true);
                    break;
                default:
                    break;
            }
        }

        // Whether something has come along one of the arrows since their target last ran; it counts once.
        private bool TakeWaiting(IReadOnlyList<FlowConnection> inbound)
        {
            var any = false;
            foreach (var arrow in inbound)
            {
                any |= flow.Waiting.Remove(arrow.Index);
            }

            return any;
        }

        private MergeMode Mode(ActivityNode target) => ModeOf(target, input => engine.Evaluate(instance, input));

        private bool AllPassed(IReadOnlyList<FlowConnection> inbound, ActivityNode target)
        {
            var visits = flow.Visits(target);
            foreach (var arrow in inbound)
            {
                if (flow.Passes(arrow) <= visits)
                {
                    return false;
                }
            }

            return true;
        }

        private void ScheduleOrPass(ActivityNode target, bool schedule)
        {
            if (schedule)
            {
                engine.Schedule(instance, target);
            }
            else
            {
                Leave(target, [], true);
            }
        }

        // Keeps what has arrived until something has on all the arrows.
        private void Collect(FlowConnection arrow, IReadOnlyList<FlowConnection> inbound)
        {
            flow.Arrived.Add(arrow.Index);
            if (inbound.All(other => flow.Arrived.Contains(other.Index)))
            {
                foreach (var other in inbound)
                {
                    flow.Arrived.Remove(other.Index);
                }

                engine.Schedule(instance, arrow.Target);
            }
        }

        // The first that arrives wins: what waits on the way to the target is called off; who arrives later is too late.
        private void Race(FlowConnection arrow, IReadOnlyList<FlowConnection> inbound)
        {
            var target = arrow.Target;
            if (flow.Passes(arrow) <= flow.Visits(target) || engine.IsUnderWay(instance, target))
            {
                return;
            }

            // What was taken in a round before has had its run.
            if (inbound.Any(other => flow.IsTaken(other) && flow.Passes(other) > flow.Visits(target)))
            {
                engine.Schedule(instance, target);
                var ancestors = graph.Ancestors(target).ToHashSet();
                foreach (var child in instance.Children.Where(child => child.Status == InstanceStatus.Running && ancestors.Contains(child.Node)).ToList())
                {
                    engine.CancelInstance(child);
                    Leave(child.Node, [], true);
                }
            }
            else if (AllPassed(inbound, target))
            {
                Leave(target, [], true);
            }
        }
    }
}

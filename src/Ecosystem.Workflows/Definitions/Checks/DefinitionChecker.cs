namespace Ecosystem.Workflows.Definitions;

/// <summary>Checks a definition before it is published. Pure.</summary>
internal sealed partial class DefinitionChecker
{
    private static readonly HashSet<string> Waits = new(StringComparer.Ordinal)
    {
        "Elsa.Event", "Elsa.Delay", "Elsa.Timer", "Elsa.Cron", "Elsa.StartAt", "Elsa.HttpEndpoint", "Elsa.RunTask",
        "Ecosystem.HumanTask", "Ecosystem.Approval", "Ecosystem.WaitForEvent", "Ecosystem.WaitUntil",
    };

    private static readonly HashSet<string> NeedHuman = new(StringComparer.Ordinal) { "Ecosystem.Offboard", "Ecosystem.DemoteTier" };

    private readonly ProcessPlan plan;
    private readonly PlanCatalog plans;
    private readonly StepCatalog steps;
    private readonly List<DefinitionDiagnostic> found = [];

    private DefinitionChecker(ProcessPlan plan, PlanCatalog plans, StepCatalog steps) => (this.plan, this.plans, this.steps) = (plan, plans, steps);

    internal static IReadOnlyList<DefinitionDiagnostic> Check(ProcessPlan plan, PlanCatalog plans, StepCatalog steps)
    {
        var checker = new DefinitionChecker(plan, plans, steps);
        checker.found.AddRange(plan.Diagnostics);
        foreach (var node in plan.Nodes)
        {
            checker.CheckType(node);
            checker.CheckInputs(node);
            if (node.Type == "Elsa.Flowchart")
            {
                checker.CheckFlowchart(node);
            }

            if (node.Type == "Elsa.While")
            {
                checker.CheckEndless(node);
            }
        }

        if (plan.PostCondition is { } condition)
        {
            checker.CheckExpression(plan.Root, "customProperties.postCondition", condition.Expression);
        }

        checker.CheckRecursion();
        return checker.found;
    }

    /// <summary>Checks that no other definition listens on the same HTTP path and method.</summary>
    internal static IEnumerable<DefinitionDiagnostic> CheckTriggers(ProcessPlan plan, IEnumerable<ProcessPlan> published)
    {
        var taken = published
            .Where(other => other.Document.DefinitionId != plan.Document.DefinitionId || !ReferenceEquals(other, plan))
            .SelectMany(other => DefinitionTriggers.Of(other).Where(trigger => trigger.Kind == TriggerKind.Http).Select(trigger => (other, trigger)))
            .ToList();
        foreach (var mine in DefinitionTriggers.Of(plan).Where(trigger => trigger.Kind == TriggerKind.Http))
        {
            foreach (var (other, theirs) in taken)
            {
                if (HttpTopic.AreSame(mine.Name, theirs.Name) && mine.Methods.Intersect(theirs.Methods).FirstOrDefault() is { } method)
                {
                    yield return new DefinitionDiagnostic(
                        "error",
                        "definition.endpoint-taken",
                        mine.ActivityId,
                        plan.Find(mine.ActivityId)?.Title,
                        $"{method} '{mine.Name}' is already answered by the process '{other.Document.Name}'{(mine.Name != theirs.Name ? $", there as '{theirs.Name}'" : "")}; choose another path or method.",
                        "path");
                }
            }
        }
    }

    private void Error(string code, ActivityNode node, string message, string? field = null) =>
        found.Add(new DefinitionDiagnostic("error", code, node.Id, node.Title, message, field));

    private void Warn(string code, ActivityNode node, string message, string? field = null) =>
        found.Add(new DefinitionDiagnostic("warning", code, node.Id, node.Title, message, field));

    private void CheckType(ActivityNode node)
    {
        if (node.UndoneBy is { } undo && !steps.Has(undo))
        {
            Error("definition.unknown-undo", node, $"It is undone by '{undo}', but there is no such step.", "customProperties.undoneBy");
        }

        if (node.Json.Text("workflowDefinitionId") is { Length: > 0 } reference && !Activities.Knows(node.Type))
        {
            if (plans.Find(reference, null) is null)
            {
                Warn("definition.unknown-definition", node, $"The definition '{reference}' it stands for is not among those given; publishing needs it.");
            }
        }
        else if (!Activities.Knows(node.Type) && !steps.Has(node.Type) && plans.Find(node.Type, null) is null)
        {
            Error("definition.unknown-activity", node, $"There is no activity '{node.Type}' and no definition of that name.");
        }
    }

    private void CheckFlowchart(ActivityNode chart)
    {
        var children = chart.PortList("activities");
        if (FlowchartBehavior.StartOf(chart, null) is not { } start)
        {
            return;
        }

        var starts = new HashSet<ActivityNode> { start };
        starts.UnionWith(children.Where(child => child.CanStartWorkflow));
        var reached = starts.SelectMany(node => chart.Graphs.For(chart, node).Reachable).ToHashSet();
        foreach (var child in children.Where(child => !reached.Contains(child)))
        {
            Error("definition.unreachable", child, "Nothing leads here. Connect it, or delete it.");
        }

        foreach (var node in starts)
        {
            CheckJoins(chart, node);
        }

        CheckFinish(chart, reached);
        CheckOpenOutcomes(chart, reached);
        CheckHuman(chart, start);
    }

    private void CheckOpenOutcomes(ActivityNode chart, HashSet<ActivityNode> reached)
    {
        foreach (var node in reached)
        {
            var used = chart.Connections.Where(connection => connection.Source == node).Select(connection => connection.Outcome).ToHashSet(StringComparer.Ordinal);
            if (ActivityOutcomes.Of(node, plans, steps) is not { } outcomes || used.Count == 0)
            {
                continue;
            }

            foreach (var unknown in used.Where(outcome => !outcomes.Contains(outcome, StringComparer.Ordinal) && outcome is not ("Fault" or "Faulted" or "Done")))
            {
                Error("definition.unknown-outcome", node, $"An arrow starts at the outcome '{unknown}', which it never has; it has {string.Join(", ", outcomes)}.");
            }

            var open = outcomes.Where(outcome => !used.Contains(outcome)).ToList();
            if (open.Count > 0 && outcomes.Count > 1 && node.Type is not ("Elsa.BulkDispatchWorkflows"))
            {
                Warn("definition.open-outcome", node, $"Nothing is connected to the outcome {string.Join(", ", open)}; the branch ends there.");
            }
        }
    }

    // From everywhere the chart must be able to come to an end: an activity with nothing connected to one of its outcomes.
    private void CheckFinish(ActivityNode chart, HashSet<ActivityNode> reached)
    {
        bool IsExit(ActivityNode node)
        {
            if (node.Type is "Elsa.End" or "Elsa.Finish" or "Elsa.Complete" or "Elsa.Break" or "Elsa.Fault")
            {
                return true;
            }

            var used = chart.Connections.Where(connection => connection.Source == node).Select(connection => connection.Outcome).ToHashSet(StringComparer.Ordinal);
            var outcomes = ActivityOutcomes.Of(node, plans, steps);
            return outcomes is null ? used.Count == 0 || node.Type == "Elsa.RunJavaScript" : outcomes.Any(outcome => !used.Contains(outcome));
        }

        var ending = reached.Where(IsExit).ToHashSet();
        for (var grown = true; grown;)
        {
            grown = false;
            foreach (var connection in chart.Connections.Where(connection => ending.Contains(connection.Target)))
            {
                grown |= ending.Add(connection.Source);
            }
        }

        bool IsRoundabout(ActivityNode node) => chart.Connections.Exists(connection => connection.Source == node && Walk(chart, connection.Target, null, null).Contains(node));
        if (reached.OrderBy(node => node.Index).FirstOrDefault(node => !ending.Contains(node) && IsRoundabout(node)) is { } stuck)
        {
            Error("definition.never-finishes", stuck, "From here the flow goes round for ever: every outcome leads back. Give the loop a way out.");
        }
    }

    private void CheckEndless(ActivityNode loop)
    {
        if (loop.Inputs.TryGetValue("condition", out var condition) && condition.Expression.IsType("Literal") && Values.ToBool(Values.FromJson(condition.Expression.Value))
            && !plan.Nodes.Any(node => IsInside(node, loop) && (node.Type is "Elsa.Break" or "Elsa.Complete" or "Elsa.Finish" or "Elsa.Fault" || Waits.Contains(node.Type))))
        {
            Error("definition.never-finishes", loop, "The condition is always true and nothing inside leaves the loop or waits.", "condition");
        }
    }

    // Steps that end a partnership or take a tier away must follow a person's decision on every path.
    private void CheckHuman(ActivityNode chart, ActivityNode start)
    {
        var targets = chart.PortList("activities").Where(child => NeedHuman.Contains(child.Type)).ToList();
        if (targets.Count == 0)
        {
            return;
        }

        var open = new HashSet<ActivityNode> { start };
        var stack = new Stack<ActivityNode>([start]);
        while (stack.TryPop(out var node))
        {
            if (node.Type is "Ecosystem.HumanTask" or "Ecosystem.Approval")
            {
                continue;
            }

            foreach (var connection in chart.Connections.Where(connection => connection.Source == node && open.Add(connection.Target)))
            {
                stack.Push(connection.Target);
            }
        }

        foreach (var target in targets.Where(open.Contains))
        {
            Error("definition.human-step-missing", target, "It can be reached without a person deciding; put a human task or an approval before it on every path.");
        }
    }

    private void CheckRecursion()
    {
        var stack = new Stack<ProcessPlan>([plan]);
        var seen = new HashSet<ProcessPlan>();
        while (stack.TryPop(out var current))
        {
            foreach (var node in current.Nodes.Where(node => !Activities.Knows(node.Type) && !steps.Has(node.Type)))
            {
                if (plans.Find(node.Json.Text("workflowDefinitionId") ?? node.Type, null) is { } used)
                {
                    if (used == plan)
                    {
                        Error("definition.contains-itself", plan.Nodes.Contains(node) ? node : plan.Root, $"The definition contains itself, through '{node.Title}'.");
                        return;
                    }

                    if (seen.Add(used))
                    {
                        stack.Push(used);
                    }
                }
            }
        }
    }

    private static bool IsInside(ActivityNode node, ActivityNode container)
    {
        for (var step = node.Parent; step is not null; step = step.Parent)
        {
            if (step == container)
            {
                return true;
            }
        }

        return false;
    }
}

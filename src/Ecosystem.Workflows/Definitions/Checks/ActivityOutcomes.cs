namespace Ecosystem.Workflows.Definitions;

/// <summary>The outcomes an activity can end with, where they can be told beforehand.</summary>
internal static class ActivityOutcomes
{
    /// <summary>The outcomes of an activity; null when they cannot be told.</summary>
    internal static IReadOnlyList<string>? Of(ActivityNode node, PlanCatalog plans, StepCatalog steps)
    {
        switch (node.Type)
        {
            case "Elsa.FlowDecision":
                return ["True", "False"];
            case "Elsa.FlowSwitch":
                return [.. node.Json.Objects("cases").Select(item => item.Text("label") ?? ""), "Default"];
            case "Elsa.FlowFork":
                return Literals(node, "branches") ?? ["Done"];
            case "Elsa.RunJavaScript" or "Elsa.RunCSharp" or "Elsa.FlowSendHttpRequest":
                return null;
            case "Ecosystem.HumanTask":
                return WithTimeout(node, Literals(node, "outcomes") ?? ["Done"]);
            case "Ecosystem.Approval":
                return WithTimeout(node, [.. (Literals(node, "outcomes") ?? ["Approve", "Reject"]).Select(outcome => outcome switch { "Approve" => "Approved", "Reject" => "Rejected", _ => outcome })]);
            case "Ecosystem.WaitForEvent":
                return null;
            case DecideWithRulesetStep.Type:
                return Literals(node, "outcomes");
            case "Elsa.BulkDispatchWorkflows":
                return ["Completed", "Canceled", "Done"];
            default:
                if (Activities.Knows(node.Type))
                {
                    return ["Done"];
                }

                if (steps.Find(node.Type) is { } step)
                {
                    return step.Attribute.Outcomes;
                }

                var used = plans.Find(node.Json.Text("workflowDefinitionId") ?? node.Type, null);
                return used?.Document.Json["outcomes"] is System.Text.Json.Nodes.JsonArray { Count: > 0 } declared
                    ? [.. declared.Select(outcome => outcome is System.Text.Json.Nodes.JsonObject named ? named.Text("name") ?? "" : Values.ToText(Values.FromJson(outcome))), "Done"]
                    : null;
        }
    }

    /// <summary>Whether an activity ends with exactly one of its outcomes, so that what follows them excludes each other.</summary>
    internal static bool AreExclusive(ActivityNode node, StepCatalog steps) => node.Type switch
    {
        "Elsa.FlowDecision" or "Ecosystem.HumanTask" or "Ecosystem.Approval" or "Ecosystem.WaitForEvent" => true,
        "Elsa.FlowSwitch" => !(node.Inputs.TryGetValue("mode", out var mode) && Values.ToText(Values.FromJson(mode.Expression.Value)) is "MatchAny" or "1"),
        _ => steps.Has(node.Type),
    };

    private static List<string>? Literals(ActivityNode node, string input) =>
        node.Inputs.TryGetValue(input, out var found) && (found.Expression.IsType("Literal") || found.Expression.IsType("Object"))
            ? [.. ProcessEngine.AsList(Values.ConvertTo(Values.FromJson(found.Expression.Value), "Object")).Select(Values.ToText)]
            : null;

    private static IReadOnlyList<string> WithTimeout(ActivityNode node, IReadOnlyList<string> outcomes) =>
        node.Inputs.TryGetValue("timeout", out var timeout) && timeout.Expression.Text.Length > 0 ? [.. outcomes, "Timeout"] : outcomes;
}

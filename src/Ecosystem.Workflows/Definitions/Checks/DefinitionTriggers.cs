namespace Ecosystem.Workflows.Definitions;

/// <summary>Finds what starts processes of a definition: its trigger activities that are marked so, with literal settings.</summary>
internal static class DefinitionTriggers
{
    internal static IEnumerable<DefinitionTrigger> Of(ProcessPlan plan)
    {
        foreach (var node in plan.Nodes.Where(node => node.CanStartWorkflow))
        {
            switch (node.Type)
            {
                case "Elsa.Event":
                    yield return new DefinitionTrigger(TriggerKind.Event, node.Id, node.Type, Literal(node, "eventName"), []);
                    break;
                case "Elsa.Timer":
                    yield return new DefinitionTrigger(TriggerKind.Schedule, node.Id, node.Type, Literal(node, "interval"), []);
                    break;
                case "Elsa.Cron":
                    yield return new DefinitionTrigger(TriggerKind.Schedule, node.Id, node.Type, Literal(node, "cronExpression"), []);
                    break;
                case "Elsa.StartAt":
                    yield return new DefinitionTrigger(TriggerKind.Schedule, node.Id, node.Type, Literal(node, "dateTime"), []);
                    break;
                case "Elsa.HttpEndpoint":
                    var methods = node.Inputs.TryGetValue("supportedMethods", out var input)
                        ? ProcessEngine.AsList(Values.FromJson(input.Expression.Value)).Select(value => Values.ToText(value).ToUpperInvariant()).ToList()
                        : ["GET"];
                    yield return new DefinitionTrigger(TriggerKind.Http, node.Id, node.Type, Literal(node, "path").Trim('/'), methods.Count == 0 ? ["GET"] : methods, Literal(node, "authorize") is "True" or "true");
                    break;
                default:
                    break;
            }
        }
    }

    private static string Literal(ActivityNode node, string input) =>
        node.Inputs.TryGetValue(input, out var found) ? Values.ToText(Values.FromJson(found.Expression.Value)) : "";
}

using System.Text.Json.Nodes;
using Ecosystem.Workflows.Tasks;

namespace Ecosystem.Workflows.Simulation;

/// <summary>
/// What simulated people answer: the outcome that lets the case go on, and a form filled with the least it asks for. A conflict is ruled
/// by the recommended proposal. Nothing here decides about money: rulesets do.
/// </summary>
internal static class TaskAnswers
{
    private static readonly string[] Preferred =
    [
        "Approve", "Accept", "Accept the recommendation", "Same deal", "Verified", "Sign", "Answered", "Send", "Passed", "Grant", "Agreed", "Clear", "Release", "Settle",
        "Continue", "Done", "Complete",
    ];

    public static string Outcome(HumanTask task)
    {
        var outcomes = task.Outcomes();
        return Array.Find(Preferred, name => outcomes.Contains(name, StringComparer.Ordinal)) ?? (outcomes.Count > 0 ? outcomes[0] : "Done");
    }

    public static JsonObject Data(HumanTask task, SimulatedPeople people)
    {
        if (task is { Type: "tax-and-bank", PartnerId: { } partner })
        {
            return people.BankOf(partner);
        }

        var data = new JsonObject();
        if (task.FormJson is null || JsonNode.Parse(task.FormJson) is not JsonObject form || form["properties"] is not JsonObject properties)
        {
            return data;
        }

        foreach (var name in (form["required"] as JsonArray ?? []).Select(node => (string?)node).OfType<string>())
        {
            if (properties[name] is JsonObject property)
            {
                data[name] = Value(property);
            }
        }

        return data;
    }

    private static JsonNode? Value(JsonObject property)
    {
        if (property["default"] is { } given)
        {
            return given.DeepClone();
        }

        if (property["enum"] is JsonArray { Count: > 0 } choices)
        {
            return choices[0]!.DeepClone();
        }

        return (string?)property["type"] switch
        {
            "boolean" => true,
            "number" or "integer" => property["minimum"]?.DeepClone() ?? 0,
            "array" => new JsonArray(),
            "object" => new JsonObject(),
            _ => "simulated",
        };
    }
}

using System.Text.Json.Nodes;
using Ecosystem.Designer.Hosting;
using Ecosystem.Designer.Identity;

namespace Ecosystem.Designer.Tests.Identity;

public sealed class RolesTests
{
    // A role that nobody can have is a task that nobody can do.
    [Fact]
    public void All_NamesEveryRoleThatShippedProcessesAsk()
    {
        var asked = Directory.GetFiles(ShippedFiles.Definitions, "*.json")
            .SelectMany(file => Inputs(JsonNode.Parse(File.ReadAllText(file))!, "roles"))
            .SelectMany(roles => (string?)roles["expression"]?["type"] == "Object" ? JsonNode.Parse((string)roles["expression"]!["value"]!)!.AsArray().Select(role => (string)role!) : Quoted((string)roles["expression"]!["value"]!))
            .Distinct().Order(StringComparer.Ordinal);

        Assert.Empty(asked.Except(Roles.All));
    }

    private static IEnumerable<JsonNode> Inputs(JsonNode node, string name) => node switch
    {
        JsonObject json => json.SelectMany(pair => pair.Value is null ? [] : pair.Key == name && pair.Value is JsonObject input && input.ContainsKey("expression") ? [pair.Value] : Inputs(pair.Value, name)),
        JsonArray list => list.OfType<JsonNode>().SelectMany(item => Inputs(item, name)),
        _ => [],
    };

    // The roles of a script are the texts of its lists.
    private static IEnumerable<string> Quoted(string script) =>
        script.Split('[').Skip(1).SelectMany(list => list.Split(']')[0].Split('\'').Where((_, i) => i % 2 == 1));
}

using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Definitions;

/// <summary>A definition read for running: the tree of its activities, its variables, inputs and outputs. Immutable, shared by all its runs.</summary>
internal sealed class ProcessPlan
{
    private readonly Dictionary<string, ActivityNode> byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ActivityNode> byName = new(StringComparer.OrdinalIgnoreCase);

    private ProcessPlan(DefinitionDocument document, ActivityNode root, List<ActivityNode> nodes, IReadOnlyList<DefinitionDiagnostic> diagnostics)
    {
        Document = document;
        Root = root;
        Nodes = nodes;
        Diagnostics = diagnostics;
        Variables = [.. document.Json.Objects("variables").Select(PlanReader.ReadVariable)];
        Inputs = [.. document.Json.Objects("inputs").Select(PlanReader.ReadArgument)];
        PostCondition = ReadPostCondition(CustomProperty("postCondition"));
        Outputs = [.. document.Json.Objects("outputs").Select(PlanReader.ReadArgument)];
        foreach (var node in nodes)
        {
            byId.TryAdd(node.Id, node);
            if (node.Name is not null)
            {
                byName.TryAdd(node.Name, node);
            }
        }
    }

    internal DefinitionDocument Document { get; }

    internal ActivityNode Root { get; }

    /// <summary>All activities, containers before what they contain.</summary>
    internal IReadOnlyList<ActivityNode> Nodes { get; }

    internal IReadOnlyList<VariableDeclaration> Variables { get; }

    internal IReadOnlyList<ArgumentDeclaration> Inputs { get; }

    internal IReadOnlyList<ArgumentDeclaration> Outputs { get; }

    /// <summary>What must hold when a process ends; null when nothing is asked for.</summary>
    internal PostCondition? PostCondition { get; }

    /// <summary>What the reader found wrong (a connection to nowhere, an id used twice).</summary>
    internal IReadOnlyList<DefinitionDiagnostic> Diagnostics { get; }

    internal static ProcessPlan Read(DefinitionDocument document)
    {
        var reader = new PlanReader();
        var root = reader.Read(document.Root);
        return new ProcessPlan(document, root, reader.Nodes, reader.Diagnostics);
    }

    internal ActivityNode? Find(string idOrName) => byId.TryGetValue(idOrName, out var node) || byName.TryGetValue(idOrName, out node) ? node : null;

    private static PostCondition? ReadPostCondition(JsonNode? node)
    {
        if (node is not JsonObject json || json["value"] is null)
        {
            return null;
        }

        var expression = PlanReader.ReadExpression(json);
        return new PostCondition(expression, json.Text("text") is { Length: > 0 } text ? text : expression.Text);
    }

    /// <summary>A property of the definition's <c>customProperties</c>.</summary>
    internal JsonNode? CustomProperty(string name) => Document.Json["customProperties"] is JsonObject properties ? properties[name] : null;
}

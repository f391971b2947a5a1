using System.Linq.Expressions;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Diagnostics;

/// <summary>A node of the network.</summary>
public class ReteNode
{
    internal ReteNode(
        int id,
        NodeType nodeType,
        Type? outputType,
        KeyValuePair<string, object>[] properties,
        KeyValuePair<string, LambdaExpression>[] expressions,
        IRuleDefinition[] rules)
    {
        Id = id;
        NodeType = nodeType;
        OutputType = outputType;
        Properties = properties;
        Expressions = expressions;
        Rules = rules;
    }

    /// <summary>Id, the same whenever the same rules are compiled.</summary>
    public int Id { get; }

    /// <summary>Kind of node.</summary>
    public NodeType NodeType { get; }

    /// <summary>Type of facts that leave the node, if it is known.</summary>
    public Type? OutputType { get; }

    /// <summary>Properties, such as the name of an aggregation.</summary>
    public IReadOnlyList<KeyValuePair<string, object>> Properties { get; }

    /// <summary>Expressions by name.</summary>
    public IReadOnlyList<KeyValuePair<string, LambdaExpression>> Expressions { get; }

    /// <summary>Rules that use the node.</summary>
    public IReadOnlyList<IRuleDefinition> Rules { get; }
}

using System.Linq.Expressions;
using Ecosystem.Rules.Diagnostics;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Network;

/// <summary>What diagnostics show of a node.</summary>
internal sealed class NodeInfo(int id, NodeType nodeType)
{
    public int Id { get; } = id;

    public NodeType NodeType { get; } = nodeType;

    public Type? OutputType { get; set; }

    public List<IRuleDefinition> Rules { get; } = [];

    public List<KeyValuePair<string, LambdaExpression>> Expressions { get; } = [];

    public List<KeyValuePair<string, object>> Properties { get; } = [];

    public HashSet<NodeInfo> Sources { get; } = [];

    /// <summary>Slot of the memory whose size is shown for this node; -1 if it has none.</summary>
    public int Slot { get; set; } = -1;

    /// <summary>Whether the node is not shown as one of its own.</summary>
    public bool IsHidden { get; set; }

    /// <summary>Whether what comes in goes out.</summary>
    public bool PassesAll => NodeType is NodeType.Type or NodeType.AlphaMemory or NodeType.BetaMemory or NodeType.Adapter or NodeType.Rule;

    /// <summary>The nodes before this one that are shown.</summary>
    public IEnumerable<NodeInfo> ShownSources => Sources.SelectMany(s => s.IsHidden ? s.ShownSources : [s]);

    public void AddRule(IRuleDefinition rule)
    {
        if (!Rules.Contains(rule))
        {
            Rules.Add(rule);
        }
    }
}

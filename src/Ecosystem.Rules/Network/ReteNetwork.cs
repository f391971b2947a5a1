using System.Collections.Concurrent;
using Ecosystem.Rules.Diagnostics;

namespace Ecosystem.Rules.Network;

/// <summary>The compiled network. It is immutable and shared by sessions; what sessions hold is in their memories.</summary>
internal sealed class ReteNetwork
{
    private static readonly TypeNode[] NoNodes = [];
    private readonly ConcurrentDictionary<Type, TypeNode[]> _nodesByType = new();

    private readonly ConcurrentDictionary<Type, bool> _joinsItself = new();
    private readonly IReadOnlyList<(Type[] Left, Type Right)> _indexes;

    public ReteNetwork(
        IReadOnlyList<TypeNode> typeNodes,
        TupleOutput root,
        IReadOnlyList<NodeInfo> nodes,
        int slots,
        CompiledRule[] rules,
        IReadOnlyList<(Type[] Left, Type Right)> indexes)
    {
        _indexes = indexes;
        TypeNodes = typeNodes;
        Root = root;
        Nodes = nodes;
        Slots = slots;
        Rules = rules;
        FilteredRules = [.. rules.Where(r => r.HasFilters)];
        var next = 1;
        foreach (var node in typeNodes)
        {
            next = node.AssignOrders(next);
        }
    }

    public IReadOnlyList<TypeNode> TypeNodes { get; }

    /// <summary>Nodes that need the empty match.</summary>
    public TupleOutput Root { get; }

    public IReadOnlyList<NodeInfo> Nodes { get; }

    public int Slots { get; }

    public CompiledRule[] Rules { get; }

    public CompiledRule[] FilteredRules { get; }

    public TypeNode[] NodesFor(Type type) => _nodesByType.GetOrAdd(
        type,
        static (t, nodes) =>
        {
            TypeNode[] found = [.. nodes.Where(n => n.FilterType.IsAssignableFrom(t))];
            return found.Length == 0 ? NoNodes : found;
        },
        TypeNodes);

    /// <summary>Whether there are joins that are looked up by a key.</summary>
    public bool HasIndexes => _indexes.Count > 0;

    /// <summary>Tells whether a fact of a type can be at both sides of a join that is looked up by a key.</summary>
    public bool JoinsItself(Type type) => HasIndexes && _joinsItself.GetOrAdd(
        type,
        static (t, indexes) => indexes.Any(i => i.Right.IsAssignableFrom(t) && Array.Exists(i.Left, l => l.IsAssignableFrom(t))),
        _indexes);

    public ReteGraph GetSchema()
    {
        var nodes = Nodes.Where(n => !n.IsHidden).ToDictionary(
            n => n,
            n => new ReteNode(n.Id, n.NodeType, n.OutputType, [.. n.Properties], [.. n.Expressions], [.. n.Rules]));
        var links = nodes.Keys.SelectMany(n => n.ShownSources.Where(s => s.NodeType != NodeType.Dummy).OrderBy(s => s.Id).Select(s => new ReteLink(nodes[s], nodes[n])));
        return new ReteGraph([.. nodes.Values], [.. links]);
    }
}

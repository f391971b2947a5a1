using System.Linq.Expressions;
using Ecosystem.Rules.Aggregators;
using Ecosystem.Rules.Diagnostics;
using Ecosystem.Rules.Extensibility;
using Ecosystem.Rules.RuleModel;
using Ecosystem.Rules.RuleModel.Builders;

namespace Ecosystem.Rules.Network;

/// <summary>Builds the network of rules; rules share nodes that do the same.</summary>
internal sealed partial class NetworkBuilder
{
    private readonly ExpressionBinder _binder;
    private readonly AggregatorRegistry _aggregators;
    private readonly List<TypeNode> _typeNodes = [];
    private readonly List<NodeInfo> _nodes = [];
    private readonly List<CompiledRule> _rules = [];
    private readonly NodeInfo _root;
    private readonly TupleOutput _start;
    private readonly List<(Type[] Left, Type Right)> _indexes = [];
    private int _slots;

    public NetworkBuilder(IExpressionCompiler compiler, AggregatorRegistry aggregators)
    {
        _binder = new ExpressionBinder(compiler);
        _aggregators = aggregators;
        _root = NewInfo(NodeType.Root);
        _start = new TupleOutput(NewInfo(NodeType.Dummy));
    }

    public void Add(IRuleDefinition definition)
    {
        var rule = new CompiledRule(definition, _binder);
        var alternatives = new List<BuildContext>();
        foreach (var alternative in RuleNormalizer.Alternatives(definition.LeftHandSide))
        {
            var context = new BuildContext(_start, TupleLayout.Empty, []);
            Build(context, alternative);
            alternatives.Add(context);
        }

        foreach (var context in alternatives)
        {
            var info = NewInfo(NodeType.Rule, context.Source.Info);
            foreach (var filter in definition.FilterGroup.Filters)
            {
                info.Expressions.Add(KeyValuePair.Create($"Filter{filter.FilterType}", filter.Expression));
            }

            context.Source.Attach(new RuleNode(info, rule, context.Layout));
            AddRule(info, definition);
        }

        _rules.Add(rule);
    }

    public ReteNetwork Build() => new(_typeNodes, _start, _nodes, _slots, [.. _rules], _indexes);

    private static void AddRule(NodeInfo info, IRuleDefinition rule)
    {
        info.AddRule(rule);
        foreach (var source in info.Sources)
        {
            if (source.NodeType is not (NodeType.Root or NodeType.Dummy) && !source.Rules.Contains(rule))
            {
                AddRule(source, rule);
            }
        }
    }

    private NodeInfo NewInfo(NodeType type, params ReadOnlySpan<NodeInfo> sources)
    {
        var info = new NodeInfo(_nodes.Count + 1, type);
        foreach (var source in sources)
        {
            info.Sources.Add(source);
        }

        _nodes.Add(info);
        return info;
    }

    private TupleOutput NewOutput(NodeInfo node) => new(NewInfo(NodeType.BetaMemory, node));

    private void Build(BuildContext context, IEnumerable<RuleElement> elements)
    {
        foreach (var element in elements)
        {
            switch (element)
            {
                case PatternElement { Source: null } pattern:
                    BuildPattern(context, pattern);
                    break;
                case PatternElement pattern:
                    BuildSource(context, pattern);
                    break;
                case NotElement not:
                    BuildQuantifier(context, not.Source, false);
                    break;
                case ExistsElement exists:
                    BuildQuantifier(context, exists.Source, true);
                    break;
                default:
                    throw new NotSupportedException($"Conditions cannot contain {element.ElementType} here.");
            }
        }
    }

    private void BuildPattern(BuildContext context, PatternElement pattern)
    {
        var own = pattern.Declaration.Name;
        var memory = BuildAlpha(pattern, out var joinConditions);
        if (context.IsAtStart)
        {
            var input = context.Source == _start ? memory.Inputs.OfType<InputNode>().FirstOrDefault(i => i.Start == _start) : null;
            if (input is null)
            {
                var info = NewInfo(NodeType.Join, context.Source.Info, memory.Info);
                input = new InputNode(info, context.Source, NewOutput(info));
                memory.Inputs.Add(input);
            }

            context.Source = input.Output;
        }
        else
        {
            var node = context.Source.Sinks.OfType<JoinNode>()
                .FirstOrDefault(n => memory.Inputs.Contains(n.Right) && AreSame(n.Conditions, joinConditions, context.Layout, own));
            if (node is null)
            {
                var info = NewInfo(NodeType.Join, context.Source.Info, memory.Info);
                var conditions = Conditions(joinConditions, info, context.Layout, own);
                var index = FindIndex(context, pattern, conditions, out var residual);
                node = new JoinNode(info, _slots++, conditions, residual, index, NewOutput(info));
                context.Source.Attach(node);
                memory.Inputs.Add(node.Right);
            }

            context.Source = node.Output;
        }

        context.Layout = context.Layout.Extend(own);
        context.FactTypes.Add(pattern.ValueType);
    }

    private JoinIndex? FindIndex(BuildContext context, PatternElement pattern, BetaCondition[] conditions, out BetaCondition[] residual)
    {
        var index = JoinKeyFinder.Find(conditions, context.Layout, pattern.Declaration.Name, _binder, out residual);
        if (index is not null)
        {
            _indexes.Add(([.. context.FactTypes], pattern.ValueType));
        }

        return index;
    }

    private void BuildQuantifier(BuildContext context, RuleElement source, bool exists)
    {
        if (source is GroupElement group && group.ChildElements.Count == 1)
        {
            BuildQuantifier(context, group.ChildElements[0], exists);
            return;
        }

        if (source is ForAllElement)
        {
            source = Element.AndGroup(RuleNormalizer.Alternatives(source)[0]);
        }

        if (source is PatternElement { Source: null } pattern)
        {
            BuildSimpleQuantifier(context, pattern, exists);
        }
        else
        {
            BuildSubnetQuantifier(context, source, exists);
        }

        context.Layout = context.Layout.Extend(null);
    }

    private void BuildSimpleQuantifier(BuildContext context, PatternElement pattern, bool exists)
    {
        var own = pattern.Declaration.Name;
        var memory = BuildAlpha(pattern, out var joinConditions);
        var node = context.Source.Sinks.OfType<QuantifierNode>().FirstOrDefault(n =>
            n.Exists == exists && memory.Inputs.Contains(n.Right) && AreSame(n.Conditions, joinConditions, context.Layout, own));
        if (node is null)
        {
            var info = NewInfo(exists ? NodeType.Exists : NodeType.Not, context.Source.Info, memory.Info);
            var conditions = Conditions(joinConditions, info, context.Layout, own);
            var index = FindIndex(context, pattern, conditions, out var residual);
            node = new QuantifierNode(info, _slots++, exists, conditions, residual, index, NewOutput(info));
            context.Source.Attach(node);
            memory.Inputs.Add(node.Right);
        }

        context.Source = node.Output;
    }

    private void BuildSubnetQuantifier(BuildContext context, RuleElement source, bool exists)
    {
        var shared = context.Source.Sinks.OfType<SubnetQuantifierNode>()
            .FirstOrDefault(n => n.Exists == exists && new ElementComparer(n.Layout, context.Layout).AreEqual(n.Element, source));
        if (shared is not null)
        {
            context.Source = shared.Output;
            return;
        }

        var inner = new TupleOutput(context.Source.Info, false);
        var info = NewInfo(exists ? NodeType.Exists : NodeType.Not, context.Source.Info);
        var node = new SubnetQuantifierNode(info, _slots++, source, context.Layout, exists, inner, NewOutput(info));
        foreach (var alternative in RuleNormalizer.Alternatives(source))
        {
            var nested = new BuildContext(inner, context.Layout, context.FactTypes);
            Build(nested, alternative);
            var adapter = NewInfo(NodeType.Adapter, nested.Source.Info);
            info.Sources.Add(adapter);
            nested.Source.Attach(node.NewAdapter(adapter, nested.Layout.Depth - context.Layout.Depth));
        }

        context.Source.Attach(node);
        context.Source = node.Output;
    }

    /// <summary>Builds the part of a pattern that works on single facts; conditions that need other facts are left over.</summary>
    private AlphaMemory BuildAlpha(PatternElement pattern, out List<LambdaExpression> joinConditions)
    {
        AlphaNode node = TypeNodeFor(pattern.ValueType);
        joinConditions = [];
        foreach (var element in pattern.Expressions.Find(PatternElement.ConditionName))
        {
            if (element.Imports.All(d => d.Name == pattern.Declaration.Name))
            {
                node = ConditionNodeFor(node, pattern.ValueType, element.Expression);
            }
            else
            {
                joinConditions.Add(element.Expression);
            }
        }

        if (node.Memory is null)
        {
            var info = NewInfo(NodeType.AlphaMemory, node.Info);
            info.OutputType = pattern.ValueType;
            node.Memory = new AlphaMemory(info);
        }

        return node.Memory;
    }

    private TypeNode TypeNodeFor(Type type)
    {
        var node = _typeNodes.Find(n => n.FilterType == type);
        if (node is null)
        {
            var info = NewInfo(NodeType.Type, _root);
            info.OutputType = type;
            node = new TypeNode(info, type);
            _typeNodes.Add(node);
        }

        return node;
    }

    private ConditionNode ConditionNodeFor(AlphaNode parent, Type factType, LambdaExpression condition)
    {
        var node = parent.Children.Find(c => ExpressionComparer.AreEqual(c.Condition.Expression, condition, _ => string.Empty, _ => string.Empty));
        if (node is null)
        {
            var info = NewInfo(NodeType.Selection, parent.Info);
            info.OutputType = factType;
            info.Expressions.Add(KeyValuePair.Create(PatternElement.ConditionName, condition));
            node = new ConditionNode(info, AlphaCondition.Create(factType, condition, info, _binder));
            parent.Children.Add(node);
        }

        return node;
    }

    private BetaCondition[] Conditions(List<LambdaExpression> expressions, NodeInfo info, TupleLayout layout, string own)
    {
        foreach (var expression in expressions)
        {
            info.Expressions.Add(KeyValuePair.Create(PatternElement.ConditionName, expression));
        }

        return [.. expressions.Select(e => new BetaCondition(e, info, layout, own, _binder))];
    }

    private static bool AreSame(
        IReadOnlyList<BetaCondition> existing, List<LambdaExpression> wanted, TupleLayout layout, string own) =>
        existing.Count == wanted.Count
        && existing.Zip(wanted).All(pair => ExpressionComparer.AreEqual(
            pair.First.Expression,
            pair.Second,
            pair.First.NameOf,
            name => name == own ? string.Empty : layout.Contains(name) ? $"@{layout.Level(name)}" : name));
}

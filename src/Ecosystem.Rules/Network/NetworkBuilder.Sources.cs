using System.Linq.Expressions;
using System.Reflection;
using Ecosystem.Rules.Aggregators;
using Ecosystem.Rules.Diagnostics;
using Ecosystem.Rules.Network.Aggregates;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Network;

internal sealed partial class NetworkBuilder
{
    private void BuildSource(BuildContext context, PatternElement pattern)
    {
        if (!context.IsAtStart && pattern.Source is AggregateElement { Imports.Count: 0 } independent)
        {
            BuildIndependent(context, pattern, independent);
            return;
        }

        switch (pattern.Source)
        {
            case AggregateElement aggregate:
                BuildAggregate(context, aggregate);
                break;
            case BindingElement binding:
                BuildBinding(context, binding);
                break;
            default:
                throw new NotSupportedException($"A pattern cannot have {pattern.Source!.ElementType} as its source.");
        }

        context.Layout = context.Layout.Extend(pattern.Declaration.Name);
        LambdaExpression[] conditions = [.. pattern.Expressions.Find(PatternElement.ConditionName).Select(e => e.Expression)];
        if (conditions.Length > 0)
        {
            BuildSelection(context, conditions);
        }
    }

    /// <summary>Builds a query that does not depend on what was matched before it apart, and joins its results.</summary>
    private void BuildIndependent(BuildContext context, PatternElement pattern, AggregateElement aggregate)
    {
        var own = pattern.Declaration.Name;
        var apart = new BuildContext(_start, TupleLayout.Empty, []);
        BuildAggregate(apart, aggregate);
        apart.Layout = apart.Layout.Extend(own);
        List<LambdaExpression> conditions = [.. pattern.Expressions.Find(PatternElement.ConditionName).Select(e => e.Expression)];
        if (pattern.Imports.Count == 0 && conditions.Count > 0)
        {
            BuildSelection(apart, [.. conditions]);
            conditions = [];
        }

        var node = context.Source.Sinks.OfType<JoinNode>().FirstOrDefault(n =>
            apart.Source.Sinks.OfType<RightAdapter>().Any(a => a.Node == n) && AreSame(n.Conditions, conditions, context.Layout, own));
        if (node is null)
        {
            var adapter = NewInfo(NodeType.Adapter, apart.Source.Info);
            var info = NewInfo(NodeType.Join, context.Source.Info, adapter);
            var compiled = Conditions(conditions, info, context.Layout, own);
            var index = FindIndex(context, pattern, compiled, out var residual);
            node = new JoinNode(info, _slots++, compiled, residual, index, NewOutput(info));
            context.Source.Attach(node);
            apart.Source.Attach(new RightAdapter(adapter, node));
        }

        context.Source = node.Output;
        context.Layout = context.Layout.Extend(own);
    }

    private void BuildSelection(BuildContext context, LambdaExpression[] conditions)
    {
        var shared = context.Source.Sinks.OfType<SelectionNode>().FirstOrDefault(n =>
            n.Conditions.Count == conditions.Length
            && n.Conditions.Zip(conditions).All(c => c.First.Layout.AreSame(c.First.Expression, context.Layout, c.Second)));
        if (shared is not null)
        {
            context.Source = shared.Output;
            return;
        }

        var info = NewInfo(NodeType.Join, context.Source.Info);
        foreach (var condition in conditions)
        {
            info.Expressions.Add(KeyValuePair.Create(PatternElement.ConditionName, condition));
        }

        var node = new SelectionNode(
            info,
            [.. conditions.Select(c => new TupleExpression<bool>(c, info, context.Layout, "Failed to evaluate condition", _binder, isCondition: true))],
            NewOutput(info));
        context.Source.Attach(node);
        context.Source = node.Output;
    }

    private void BuildBinding(BuildContext context, BindingElement binding)
    {
        var shared = context.Source.Sinks.OfType<BindingNode>().FirstOrDefault(n =>
            n.Info.OutputType == binding.ResultType && n.IsSame(context.Layout, binding.Expression));
        if (shared is not null)
        {
            context.Source = shared.Output;
            return;
        }

        var info = NewInfo(NodeType.Binding, context.Source.Info);
        info.OutputType = binding.ResultType;
        info.Expressions.Add(KeyValuePair.Create("Expression", binding.Expression));
        var output = NewOutput(info);
        context.Source.Attach((TupleSink)Generic(nameof(NewBinding), binding.ResultType)
            .Invoke(this, [info, binding.Expression, context.Layout, output])!);
        context.Source = output;
    }

    private BindingNode<T> NewBinding<T>(NodeInfo info, LambdaExpression expression, TupleLayout layout, TupleOutput output) =>
        new(info, new TupleExpression<T>(expression, info, layout, "Failed to evaluate binding expression", _binder), output);

    private void BuildAggregate(BuildContext context, AggregateElement element)
    {
        var node = context.Source.Sinks.OfType<AggregateNode>()
            .FirstOrDefault(n => new ElementComparer(n.Layout, context.Layout).AreEqual(n.Element, element));
        if (node is null)
        {
            var inner = new TupleOutput(context.Source.Info, false);
            var nested = new BuildContext(inner, context.Layout, context.FactTypes);
            Build(nested, [element.Source]);
            var adapter = NewInfo(NodeType.Adapter, nested.Source.Info);
            if (context.IsAtStart && element.Source.Source is null)
            {
                // The facts of the one pattern go straight to the aggregation: what leads them there is no step of its own.
                (adapter.IsHidden, nested.Source.Info.IsHidden, nested.Source.Info.Sources.First().IsHidden) = (true, true, true);
            }

            var info = NewInfo(NodeType.Aggregate, context.Source.Info, adapter);
            info.OutputType = element.ResultType;
            info.Properties.Add(KeyValuePair.Create("Name", (object)element.Name));
            foreach (var expression in element.Expressions)
            {
                info.Expressions.Add(KeyValuePair.Create(expression.Name, expression.Expression));
            }

            var strategy = NewStrategy(element, info, context.Layout, nested.Layout);
            node = new AggregateNode(info, _slots++, element, context.Layout, strategy, inner, NewOutput(info));
            nested.Source.Attach(node.NewAdapter(adapter, nested.Layout.Depth - context.Layout.Depth));
            context.Source.Attach(node);
        }

        context.Source = node.Output;
    }

    private AggregateStrategy NewStrategy(AggregateElement element, NodeInfo info, TupleLayout left, TupleLayout layout)
    {
        var expressions = element.Expressions;
        switch (element.CustomFactoryType is null ? element.Name : string.Empty)
        {
            case AggregateElement.CollectName when expressions.FindSingleOrDefault(AggregateElement.KeySelectorName) is { } key:
                var lookupElement = expressions[AggregateElement.ElementSelectorName].Expression;
                return (AggregateStrategy)Generic(nameof(NewLookup), key.Expression.ReturnType, lookupElement.ReturnType)
                    .Invoke(this, [key.Expression, lookupElement, info, layout])!;
            case AggregateElement.CollectName when expressions.Count > 0:
                return (AggregateStrategy)Generic(nameof(NewSort), element.Source.ValueType).Invoke(this, [expressions, info, layout])!;
            case AggregateElement.CollectName:
                return (AggregateStrategy)Activator.CreateInstance(typeof(CollectStrategy<>).MakeGenericType(element.Source.ValueType))!;
            case AggregateElement.GroupByName:
                var groupKey = expressions[AggregateElement.KeySelectorName].Expression;
                var groupElement = expressions[AggregateElement.ElementSelectorName].Expression;
                return (AggregateStrategy)Generic(nameof(NewGroupBy), groupKey.ReturnType, groupElement.ReturnType)
                    .Invoke(this, [groupKey, groupElement, element.Source.ValueType, info, layout])!;
            case AggregateElement.ProjectName:
                var projection = expressions[AggregateElement.SelectorName].Expression;
                return (AggregateStrategy)Generic(nameof(NewProject), element.ResultType).Invoke(this, [projection, info, layout])!;
            case AggregateElement.FlattenName:
                var items = expressions[AggregateElement.SelectorName].Expression;
                return (AggregateStrategy)Generic(nameof(NewFlatten), element.ResultType).Invoke(this, [items, info, layout])!;
            default:
                return NewCustom(element, info, left);
        }
    }

    private MethodInfo Generic(string name, params Type[] types) =>
        GetType().GetMethod(name, BindingFlags.NonPublic | BindingFlags.Instance)!.MakeGenericMethod(types);

    private TupleExpression<T> Selector<T>(LambdaExpression expression, NodeInfo info, TupleLayout layout) =>
        new(expression, info, layout, "Failed to evaluate aggregate expression", _binder);

    private LookupStrategy<TKey, TElement> NewLookup<TKey, TElement>(
        LambdaExpression key, LambdaExpression element, NodeInfo info, TupleLayout layout) =>
        new(Selector<TKey>(key, info, layout), Selector<TElement>(element, info, layout));

    private SortStrategy<T> NewSort<T>(ExpressionCollection expressions, NodeInfo info, TupleLayout layout) =>
        new([.. expressions.Select(e =>
            (Selector<object?>(e.Expression, info, layout), e.Name == AggregateElement.KeySelectorDescendingName))]);

    private GroupByStrategy<TKey, TElement> NewGroupBy<TKey, TElement>(
        LambdaExpression key, LambdaExpression element, Type sourceType, NodeInfo info, TupleLayout layout)
    {
        var isIdentity = element.Body is ParameterExpression && element.ReturnType == sourceType;
        return new(Selector<TKey>(key, info, layout), isIdentity ? null : Selector<TElement>(element, info, layout));
    }

    private ProjectStrategy<T> NewProject<T>(LambdaExpression selector, NodeInfo info, TupleLayout layout) =>
        new(Selector<T>(selector, info, layout));

    private FlattenStrategy<T> NewFlatten<T>(LambdaExpression selector, NodeInfo info, TupleLayout layout) =>
        new(new TupleExpression<IEnumerable<T>>(
            selector, info, layout, "Failed to evaluate aggregate expression", _binder, static items => items is null or ICollection<T> ? items! : [.. items]));

    private CustomStrategy NewCustom(AggregateElement element, NodeInfo info, TupleLayout left)
    {
        var factoryType = element.CustomFactoryType ?? _aggregators[element.Name]
            ?? throw new ArgumentException(
                $"Custom aggregator does not have a factory registered. Register it with RuleCompiler.AggregatorRegistry. Name={element.Name}");
        var factory = (IAggregatorFactory)Activator.CreateInstance(factoryType, nonPublic: true)!;
        factory.Compile(
            element,
            [.. element.Expressions.Select(e =>
                new CustomExpression(e.Name, e.Expression, info, left, element.Source.Declaration.Name, _binder))]);
        return new CustomStrategy(factory);
    }
}

namespace Ecosystem.Rules.RuleModel;

/// <summary>Folds the facts of a source pattern into new facts: collections, groups, projections.</summary>
public class AggregateElement : RuleLeftElement
{
    /// <summary>Name of the aggregation that collects facts into one collection.</summary>
    public const string CollectName = "Collect";

    /// <summary>Name of the aggregation that groups facts by key.</summary>
    public const string GroupByName = "GroupBy";

    /// <summary>Name of the aggregation that projects each fact to another.</summary>
    public const string ProjectName = "Project";

    /// <summary>Name of the aggregation that flattens collections held by facts.</summary>
    public const string FlattenName = "Flatten";

    /// <summary>Name of the expression that selects the result of a projection or flattening.</summary>
    public const string SelectorName = "Selector";

    /// <summary>Name of the expression that selects an element of a group or lookup.</summary>
    public const string ElementSelectorName = "ElementSelector";

    /// <summary>Name of the expression that selects the key of a group or lookup.</summary>
    public const string KeySelectorName = "KeySelector";

    /// <summary>Name of an expression that selects an ascending sort key.</summary>
    public const string KeySelectorAscendingName = "KeySelectorAscending";

    /// <summary>Name of an expression that selects a descending sort key.</summary>
    public const string KeySelectorDescendingName = "KeySelectorDescending";

    internal AggregateElement(
        Type resultType, string name, ExpressionCollection expressions, PatternElement source, Type? customFactoryType)
    {
        ResultType = resultType;
        Name = name;
        Expressions = expressions;
        Source = source;
        CustomFactoryType = customFactoryType;
        AddImports(source.Imports);
        AddImports(expressions.SelectMany(e => e.Imports).Where(d => !d.Equals(source.Declaration)));
    }

    /// <summary>Type of the facts that result.</summary>
    public Type ResultType { get; }

    /// <summary>Name of the aggregation.</summary>
    public string Name { get; }

    /// <summary>Expressions of the aggregation, such as selectors of keys.</summary>
    public ExpressionCollection Expressions { get; }

    /// <summary>Pattern that matches the facts to aggregate.</summary>
    public PatternElement Source { get; }

    /// <summary>Type of the factory of a custom aggregation, or null.</summary>
    public Type? CustomFactoryType { get; }

    /// <inheritdoc/>
    public override ElementType ElementType => ElementType.Aggregate;

    internal override RuleElement Accept<TContext>(TContext context, RuleElementVisitor<TContext> visitor) =>
        visitor.VisitAggregate(context, this);

    /// <summary>Gives the element, or a new one if a part was rewritten.</summary>
    internal AggregateElement Update(ExpressionCollection expressions, PatternElement source) =>
        expressions == Expressions && source == Source ? this : new AggregateElement(ResultType, Name, expressions, source, CustomFactoryType);
}

using System.Linq.Expressions;

namespace Ecosystem.Rules.RuleModel.Builders;

/// <summary>Builds an aggregation.</summary>
public class AggregateBuilder : RuleElementBuilder, IBuilder<AggregateElement>
{
    private readonly List<KeyValuePair<string, LambdaExpression>> _expressions = [];
    private string? _name;
    private Type? _resultType;
    private Type? _customFactoryType;
    private RuleElementBuilder? _source;

    /// <summary>Creates a builder of an aggregation.</summary>
    public AggregateBuilder()
    {
    }

    internal AggregateBuilder(Type resultType)
    {
        _resultType = resultType;
    }

    /// <summary>Sets the type of facts that result.</summary>
    /// <param name="resultType">Type of results.</param>
    public void ResultType(Type resultType) => _resultType = resultType;

    /// <summary>Makes it a registered custom aggregation.</summary>
    /// <param name="name">Name of the aggregation.</param>
    /// <param name="expressions">Expressions of the aggregation by name.</param>
    public void Aggregator(string name, IEnumerable<KeyValuePair<string, LambdaExpression>> expressions) =>
        Aggregator(name, expressions, null);

    /// <summary>Makes it a custom aggregation.</summary>
    /// <param name="name">Name of the aggregation.</param>
    /// <param name="expressions">Expressions of the aggregation by name.</param>
    /// <param name="customFactoryType">Type that implements the factory; null if a factory is registered under the name.</param>
    public void Aggregator(string name, IEnumerable<KeyValuePair<string, LambdaExpression>> expressions, Type? customFactoryType)
    {
        _name = name;
        _expressions.Clear();
        _expressions.AddRange(expressions);
        _customFactoryType = customFactoryType;
    }

    /// <summary>Makes it collect facts into one collection.</summary>
    public void Collect() => Set(AggregateElement.CollectName);

    /// <summary>Sorts the collected facts; a further call sorts facts that are equal by the keys before.</summary>
    /// <param name="keySelector">Selects the sort key.</param>
    /// <param name="sortDirection">Order.</param>
    public void OrderBy(LambdaExpression keySelector, SortDirection sortDirection)
    {
        _name ??= AggregateElement.CollectName;
        var name = sortDirection == SortDirection.Ascending
            ? AggregateElement.KeySelectorAscendingName
            : AggregateElement.KeySelectorDescendingName;
        _expressions.Add(KeyValuePair.Create(name, keySelector));
    }

    /// <summary>Arranges the collected facts by key.</summary>
    /// <param name="keySelector">Selects the key.</param>
    /// <param name="elementSelector">Selects the element.</param>
    public void ToLookup(LambdaExpression keySelector, LambdaExpression elementSelector) => Set(
        AggregateElement.CollectName,
        (AggregateElement.KeySelectorName, keySelector),
        (AggregateElement.ElementSelectorName, elementSelector));

    /// <summary>Makes it group facts by key.</summary>
    /// <param name="keySelector">Selects the key.</param>
    /// <param name="elementSelector">Selects the element of the group.</param>
    public void GroupBy(LambdaExpression keySelector, LambdaExpression elementSelector) => Set(
        AggregateElement.GroupByName,
        (AggregateElement.KeySelectorName, keySelector),
        (AggregateElement.ElementSelectorName, elementSelector));

    /// <summary>Makes it project each fact to another.</summary>
    /// <param name="selector">Selects the projection.</param>
    public void Project(LambdaExpression selector) => Set(AggregateElement.ProjectName, (AggregateElement.SelectorName, selector));

    /// <summary>Makes it flatten collections held by facts.</summary>
    /// <param name="selector">Selects a collection.</param>
    public void Flatten(LambdaExpression selector) => Set(AggregateElement.FlattenName, (AggregateElement.SelectorName, selector));

    /// <summary>Sets the pattern that matches the facts to aggregate.</summary>
    /// <param name="type">Type of facts.</param>
    /// <param name="name">Name of the variable a fact is bound to; null for a generated name.</param>
    /// <returns>Builder of the pattern.</returns>
    public PatternBuilder Pattern(Type type, string? name = null)
    {
        var builder = new PatternBuilder(type, name);
        _source = builder;
        return builder;
    }

    /// <summary>Sets the pattern that matches the facts to aggregate.</summary>
    /// <param name="declaration">Variable a fact is bound to.</param>
    /// <returns>Builder of the pattern.</returns>
    public PatternBuilder Pattern(Declaration declaration)
    {
        var builder = new PatternBuilder(declaration);
        _source = builder;
        return builder;
    }

    /// <summary>Sets the pattern that matches the facts to aggregate.</summary>
    /// <param name="builder">Builder of the pattern.</param>
    public void Pattern(PatternBuilder builder) => _source = builder;

    /// <summary>Sets the pattern that matches the facts to aggregate.</summary>
    /// <param name="element">The pattern.</param>
    public void Pattern(PatternElement element) => _source = new ElementBuilder(element);

    /// <summary>Makes the aggregation.</summary>
    /// <returns>The aggregation.</returns>
    public AggregateElement Build()
    {
        var source = (PatternElement)(_source?.BuildElement()
            ?? throw new InvalidOperationException("Aggregate source pattern not provided"));
        var name = _name ?? throw new InvalidOperationException("Aggregate name not provided");
        return Element.Aggregate(_resultType ?? source.ValueType, name, _expressions, source, _customFactoryType);
    }

    internal override RuleElement BuildElement() => Build();

    private void Set(string name, params ReadOnlySpan<(string Name, LambdaExpression Expression)> expressions)
    {
        _name = name;
        _expressions.Clear();
        foreach (var (key, expression) in expressions)
        {
            _expressions.Add(KeyValuePair.Create(key, expression));
        }
    }
}

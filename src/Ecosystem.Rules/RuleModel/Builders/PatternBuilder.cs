using System.Linq.Expressions;

namespace Ecosystem.Rules.RuleModel.Builders;

/// <summary>Builds a pattern.</summary>
public class PatternBuilder : RuleElementBuilder, IBuilder<PatternElement>
{
    private readonly List<KeyValuePair<string, LambdaExpression>> _expressions = [];
    private RuleElementBuilder? _source;

    /// <summary>Creates a builder of a pattern.</summary>
    /// <param name="type">Type of facts.</param>
    /// <param name="name">Name of the variable a fact is bound to; null for a generated name.</param>
    public PatternBuilder(Type type, string? name = null)
        : this(new Declaration(type, NameOrGenerated(name)))
    {
    }

    /// <summary>Creates a builder of a pattern.</summary>
    /// <param name="declaration">Variable a fact is bound to.</param>
    public PatternBuilder(Declaration declaration)
    {
        Declaration = declaration ?? throw new ArgumentNullException(nameof(declaration));
    }

    /// <summary>Variable a fact is bound to.</summary>
    public Declaration Declaration { get; }

    /// <summary>Adds a condition.</summary>
    /// <param name="expression">Expression that returns <see cref="bool"/>; its parameters are named after the rule's variables.</param>
    public void Condition(LambdaExpression expression) => Expression(PatternElement.ConditionName, expression);

    /// <summary>Adds conditions.</summary>
    /// <param name="expressions">Expressions that return <see cref="bool"/>.</param>
    public void Conditions(IEnumerable<LambdaExpression> expressions)
    {
        foreach (var expression in expressions)
        {
            Condition(expression);
        }
    }

    /// <summary>Adds a named expression.</summary>
    /// <param name="name">Name of the expression.</param>
    /// <param name="expression">The expression.</param>
    public void Expression(string name, LambdaExpression expression) => _expressions.Add(KeyValuePair.Create(name, expression));

    /// <summary>Makes an aggregation the source of the pattern.</summary>
    /// <returns>Builder of the aggregation.</returns>
    public AggregateBuilder Aggregate() => Set(new AggregateBuilder(Declaration.Type));

    /// <summary>Makes an aggregation the source of the pattern.</summary>
    /// <param name="builder">Builder of the aggregation.</param>
    public void Aggregate(AggregateBuilder builder) => Set(builder);

    /// <summary>Makes an aggregation the source of the pattern.</summary>
    /// <param name="element">The aggregation.</param>
    public void Aggregate(AggregateElement element) => Set(new ElementBuilder(element));

    /// <summary>Makes a binding the source of the pattern.</summary>
    /// <returns>Builder of the binding.</returns>
    public BindingBuilder Binding() => Set(new BindingBuilder(Declaration.Type));

    /// <summary>Makes a binding the source of the pattern.</summary>
    /// <param name="builder">Builder of the binding.</param>
    public void Binding(BindingBuilder builder) => Set(builder);

    /// <summary>Makes a binding the source of the pattern.</summary>
    /// <param name="element">The binding.</param>
    public void Binding(BindingElement element) => Set(new ElementBuilder(element));

    /// <summary>Makes the pattern.</summary>
    /// <returns>The pattern.</returns>
    public PatternElement Build() => Element.Pattern(Declaration, _expressions, _source?.BuildElement());

    internal override RuleElement BuildElement() => Build();

    private T Set<T>(T builder)
        where T : RuleElementBuilder
    {
        if (_source is not null)
        {
            throw new InvalidOperationException("Pattern element can only have a single source");
        }

        _source = builder;
        return builder;
    }
}

using System.Linq.Expressions;

namespace Ecosystem.Rules.RuleModel.Builders;

/// <summary>Builds a binding.</summary>
public class BindingBuilder : RuleElementBuilder, IBuilder<BindingElement>
{
    private Type? _resultType;
    private LambdaExpression? _expression;

    /// <summary>Creates a builder of a binding.</summary>
    public BindingBuilder()
    {
    }

    internal BindingBuilder(Type resultType)
    {
        _resultType = resultType;
    }

    /// <summary>Sets the type of the value.</summary>
    /// <param name="resultType">Type of the value.</param>
    public void ResultType(Type resultType) => _resultType = resultType;

    /// <summary>Sets the expression that calculates the value.</summary>
    /// <param name="expression">Expression whose parameters are named after the rule's variables.</param>
    public void BindingExpression(LambdaExpression expression) => _expression = expression;

    /// <summary>Makes the binding.</summary>
    /// <returns>The binding.</returns>
    public BindingElement Build()
    {
        var expression = _expression ?? throw new InvalidOperationException("Binding expression not provided");
        return Element.Binding(_resultType ?? expression.ReturnType, expression);
    }

    internal override RuleElement BuildElement() => Build();
}

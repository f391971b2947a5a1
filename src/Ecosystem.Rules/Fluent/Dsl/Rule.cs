using System.Linq.Expressions;
using Ecosystem.Rules.Fluent.Expressions;
using Ecosystem.Rules.RuleModel;
using Ecosystem.Rules.RuleModel.Builders;

namespace Ecosystem.Rules.Fluent.Dsl;

/// <summary>
/// Base of rules written in C#. Derive a class, override <see cref="Define"/>, and say <see cref="When"/> the rule applies and what it does
/// <see cref="Then"/>. Local variables stand for matched facts: a pattern binds <c>() =&gt; variable</c>, later expressions use the variable.
/// </summary>
public abstract class Rule
{
    private readonly Lazy<IRuleDefinition> _definition;
    private readonly RuleBuilder _builder = new();
    private readonly SymbolStack _symbols = new();
    private string? _name;
    private int? _priority;
    private Expression<Func<int>>? _priorityExpression;

    /// <summary>Creates the rule; it is defined when it is loaded.</summary>
    protected Rule()
    {
        _definition = new Lazy<IRuleDefinition>(Build);
    }

    /// <summary>Called once when the rule is loaded, to define it.</summary>
    public abstract void Define();

    internal IRuleDefinition GetDefinition() => _definition.Value;

    /// <summary>Sets the rule's name; it takes precedence over <see cref="NameAttribute"/>.</summary>
    /// <param name="value">Name.</param>
    protected void Name(string value) => _name = value;

    /// <summary>Sets the rule's priority; it takes precedence over <see cref="PriorityAttribute"/>.</summary>
    /// <param name="value">Priority.</param>
    protected void Priority(int value)
    {
        _priority = value;
        _priorityExpression = null;
    }

    /// <summary>Calculates the priority of each match from its facts, when the match is put on the agenda.</summary>
    /// <param name="expression">Expression over the rule's variables.</param>
    protected void Priority(Expression<Func<int>> expression) => _priorityExpression = expression;

    /// <summary>Starts the declaration of services the actions use.</summary>
    /// <returns>Dependencies to continue.</returns>
    protected IDependencyExpression Dependency() => new DependencyExpression(_builder.Dependencies(), _symbols);

    /// <summary>Starts the conditions.</summary>
    /// <returns>Conditions to continue.</returns>
    protected ILeftHandSideExpression When() => new LeftHandSideExpression(_builder.LeftHandSide(), _symbols);

    /// <summary>Starts the agenda filters.</summary>
    /// <returns>Filters to continue.</returns>
    protected IFilterExpression Filter() => new FilterExpression(_builder.Filters(), _symbols);

    /// <summary>Starts the actions.</summary>
    /// <returns>Actions to continue.</returns>
    protected IRightHandSideExpression Then() => new RightHandSideExpression(_builder.RightHandSide(), _symbols);

    private IRuleDefinition Build()
    {
        var metadata = new RuleMetadata(GetType());
        Define();
        _builder.Name(_name ?? metadata.Name);
        _builder.Description(metadata.Description);
        _builder.Tags(metadata.Tags);
        _builder.Property(RuleProperties.ClrType, GetType());
        if (_priorityExpression is not null)
        {
            _builder.Priority(ExpressionRewriter.Rewrite(_symbols.Scope, _priorityExpression));
        }
        else if ((_priority ?? metadata.Priority) is { } priority)
        {
            _builder.Priority(priority);
        }

        if (metadata.Repeatability is { } repeatability)
        {
            _builder.Repeatability(repeatability);
        }

        return _builder.Build();
    }
}

using System.Linq.Expressions;

namespace Ecosystem.Rules.RuleModel.Builders;

/// <summary>Builds a rule at run time. Expressions refer to facts by naming their parameters after the declared variables.</summary>
public class RuleBuilder
{
    private readonly List<string> _tags = [];
    private readonly List<RuleProperty> _properties = [];
    private string _name = string.Empty;
    private string _description = string.Empty;
    private int _priority;
    private PriorityElement? _priorityExpression;
    private RuleRepeatability _repeatability = RuleRepeatability.Repeatable;
    private DependencyGroupBuilder? _dependencies;
    private GroupBuilder? _leftHandSide;
    private FilterGroupBuilder? _filters;
    private ActionGroupBuilder? _rightHandSide;

    /// <summary>Sets the name. A rule must have one.</summary>
    /// <param name="name">Name.</param>
    /// <returns>This builder.</returns>
    public RuleBuilder Name(string name)
    {
        _name = name;
        return this;
    }

    /// <summary>Sets the description.</summary>
    /// <param name="description">Description.</param>
    /// <returns>This builder.</returns>
    public RuleBuilder Description(string description)
    {
        _description = description;
        return this;
    }

    /// <summary>Adds a tag.</summary>
    /// <param name="tag">Tag.</param>
    /// <returns>This builder.</returns>
    public RuleBuilder Tag(string tag)
    {
        _tags.Add(tag);
        return this;
    }

    /// <summary>Adds tags.</summary>
    /// <param name="tags">Tags.</param>
    /// <returns>This builder.</returns>
    public RuleBuilder Tags(IEnumerable<string> tags)
    {
        _tags.AddRange(tags);
        return this;
    }

    /// <summary>Adds a property.</summary>
    /// <param name="name">Name of the property.</param>
    /// <param name="value">Its value.</param>
    /// <returns>This builder.</returns>
    public RuleBuilder Property(string name, object value)
    {
        _properties.Add(new RuleProperty(name, value));
        return this;
    }

    /// <summary>Adds properties.</summary>
    /// <param name="properties">The properties.</param>
    /// <returns>This builder.</returns>
    public RuleBuilder Properties(IEnumerable<RuleProperty> properties)
    {
        _properties.AddRange(properties);
        return this;
    }

    /// <summary>Sets the priority. 0 is the default; higher fires first.</summary>
    /// <param name="priority">Priority.</param>
    /// <returns>This builder.</returns>
    public RuleBuilder Priority(int priority)
    {
        _priority = priority;
        _priorityExpression = null;
        return this;
    }

    /// <summary>Sets an expression that calculates the priority of each match from its facts.</summary>
    /// <param name="expression">Expression that returns <see cref="int"/>.</param>
    /// <returns>This builder.</returns>
    public RuleBuilder Priority(LambdaExpression expression)
    {
        _priorityExpression = Element.Priority(expression);
        return this;
    }

    /// <summary>Sets whether the rule fires again for updated facts.</summary>
    /// <param name="repeatability">Repeatability.</param>
    /// <returns>This builder.</returns>
    public RuleBuilder Repeatability(RuleRepeatability repeatability)
    {
        _repeatability = repeatability;
        return this;
    }

    /// <summary>Gets the builder of the dependencies.</summary>
    /// <returns>Builder of the dependencies.</returns>
    public DependencyGroupBuilder Dependencies() => _dependencies ??= new DependencyGroupBuilder();

    /// <summary>Sets the builder of the dependencies.</summary>
    /// <param name="builder">Builder of the dependencies.</param>
    public void Dependencies(DependencyGroupBuilder builder) => _dependencies = builder;

    /// <summary>Gets the builder of the conditions: a group whose elements must all match.</summary>
    /// <returns>Builder of the conditions.</returns>
    public GroupBuilder LeftHandSide() => _leftHandSide ??= new GroupBuilder();

    /// <summary>Sets the builder of the conditions.</summary>
    /// <param name="builder">Builder of the conditions.</param>
    public void LeftHandSide(GroupBuilder builder) => _leftHandSide = builder;

    /// <summary>Gets the builder of the agenda filters.</summary>
    /// <returns>Builder of the agenda filters.</returns>
    public FilterGroupBuilder Filters() => _filters ??= new FilterGroupBuilder();

    /// <summary>Sets the builder of the agenda filters.</summary>
    /// <param name="builder">Builder of the agenda filters.</param>
    public void Filters(FilterGroupBuilder builder) => _filters = builder;

    /// <summary>Gets the builder of the actions.</summary>
    /// <returns>Builder of the actions.</returns>
    public ActionGroupBuilder RightHandSide() => _rightHandSide ??= new ActionGroupBuilder();

    /// <summary>Sets the builder of the actions.</summary>
    /// <param name="builder">Builder of the actions.</param>
    public void RightHandSide(ActionGroupBuilder builder) => _rightHandSide = builder;

    /// <summary>Makes the rule from what was set.</summary>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">A part is missing.</exception>
    /// <exception cref="InvalidOperationException">A variable is declared twice or used without being declared.</exception>
    public IRuleDefinition Build() => Element.RuleDefinition(
        _name,
        _description,
        _priority,
        _repeatability,
        _tags,
        _properties,
        Dependencies().Build(),
        LeftHandSide().Build(),
        Filters().Build(),
        RightHandSide().Build(),
        _priorityExpression);
}

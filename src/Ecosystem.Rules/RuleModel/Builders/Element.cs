using System.Linq.Expressions;

namespace Ecosystem.Rules.RuleModel.Builders;

/// <summary>Makes rule elements and checks that they fit together. The builders of this namespace end up here.</summary>
public static partial class Element
{
    /// <summary>Makes a rule with neither tags, dependencies nor filters.</summary>
    /// <param name="name">Name of the rule.</param>
    /// <param name="description">Description of the rule.</param>
    /// <param name="priority">Priority of the rule.</param>
    /// <param name="leftHandSide">Conditions.</param>
    /// <param name="rightHandSide">Actions.</param>
    /// <returns>The rule.</returns>
    public static IRuleDefinition RuleDefinition(
        string name, string description, int priority, GroupElement leftHandSide, ActionGroupElement rightHandSide) =>
        RuleDefinition(name, description, priority, [], leftHandSide, rightHandSide);

    /// <summary>Makes a rule with neither dependencies nor filters.</summary>
    /// <param name="name">Name of the rule.</param>
    /// <param name="description">Description of the rule.</param>
    /// <param name="priority">Priority of the rule.</param>
    /// <param name="tags">Tags of the rule.</param>
    /// <param name="leftHandSide">Conditions.</param>
    /// <param name="rightHandSide">Actions.</param>
    /// <returns>The rule.</returns>
    public static IRuleDefinition RuleDefinition(
        string name,
        string description,
        int priority,
        IEnumerable<string> tags,
        GroupElement leftHandSide,
        ActionGroupElement rightHandSide) =>
        RuleDefinition(
            name, description, priority, RuleRepeatability.Repeatable, tags, [], DependencyGroup(), leftHandSide, FilterGroup(), rightHandSide);

    /// <summary>Makes a rule.</summary>
    /// <param name="name">Name of the rule.</param>
    /// <param name="description">Description of the rule.</param>
    /// <param name="priority">Priority of the rule.</param>
    /// <param name="repeatability">Whether the rule fires again for updated facts.</param>
    /// <param name="tags">Tags of the rule.</param>
    /// <param name="properties">Properties of the rule.</param>
    /// <param name="dependencies">Services the actions use.</param>
    /// <param name="leftHandSide">Conditions.</param>
    /// <param name="filters">Agenda filters.</param>
    /// <param name="rightHandSide">Actions.</param>
    /// <param name="priorityExpression">Calculates the priority of each match; null for the fixed priority.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">A part is missing.</exception>
    /// <exception cref="InvalidOperationException">A variable is declared twice or used without being declared.</exception>
    public static IRuleDefinition RuleDefinition(
        string name,
        string description,
        int priority,
        RuleRepeatability repeatability,
        IEnumerable<string> tags,
        IEnumerable<RuleProperty> properties,
        DependencyGroupElement dependencies,
        GroupElement leftHandSide,
        FilterGroupElement filters,
        ActionGroupElement rightHandSide,
        PriorityElement? priorityExpression = null)
    {
        if (string.IsNullOrEmpty(name))
        {
            throw new ArgumentException("Rule name not provided", nameof(name));
        }

        Required(tags, nameof(tags), "Rule tags");
        Required(properties, nameof(properties), "Rule properties");
        Required(dependencies, nameof(dependencies), "Rule dependencies");
        Required(leftHandSide, nameof(leftHandSide), "Rule left-hand side");
        Required(filters, nameof(filters), "Rule filters");
        Required(rightHandSide, nameof(rightHandSide), "Rule right-hand side");
        var definition = new RuleDefinition(
            name,
            description ?? string.Empty,
            priority,
            repeatability,
            tags,
            properties,
            dependencies,
            leftHandSide,
            filters,
            rightHandSide,
            priorityExpression);
        ElementValidator.ValidateUniqueDeclarations(leftHandSide, dependencies);
        ElementValidator.ValidateRuleDefinition(definition);
        return definition;
    }

    /// <summary>Makes a group of dependencies.</summary>
    /// <param name="dependencies">The dependencies.</param>
    /// <returns>The group.</returns>
    public static DependencyGroupElement DependencyGroup(params DependencyElement[] dependencies) =>
        DependencyGroup(dependencies.AsEnumerable());

    /// <summary>Makes a group of dependencies.</summary>
    /// <param name="dependencies">The dependencies.</param>
    /// <returns>The group.</returns>
    public static DependencyGroupElement DependencyGroup(IEnumerable<DependencyElement> dependencies)
    {
        Required(dependencies, nameof(dependencies), "Dependencies");
        var element = new DependencyGroupElement(dependencies);
        ElementValidator.ValidateUniqueDeclarations(element.Dependencies);
        return element;
    }

    /// <summary>Makes a dependency.</summary>
    /// <param name="type">Type of the service.</param>
    /// <param name="name">Name of the variable it is bound to.</param>
    /// <returns>The dependency.</returns>
    public static DependencyElement Dependency(Type type, string name)
    {
        Required(type, nameof(type), "Dependency type");
        RequiredName(name, nameof(name), "Dependency name");
        return Dependency(new Declaration(type, name), type);
    }

    /// <summary>Makes a dependency.</summary>
    /// <param name="declaration">Variable the service is bound to.</param>
    /// <param name="serviceType">Type of the service.</param>
    /// <returns>The dependency.</returns>
    public static DependencyElement Dependency(Declaration declaration, Type serviceType)
    {
        Required(declaration, nameof(declaration), "Dependency declaration");
        Required(serviceType, nameof(serviceType), "Dependency type");
        var element = new DependencyElement(declaration, serviceType);
        declaration.Target = element;
        return element;
    }

    /// <summary>Makes a group of agenda filters.</summary>
    /// <param name="filters">The filters.</param>
    /// <returns>The group.</returns>
    public static FilterGroupElement FilterGroup(params FilterElement[] filters) => FilterGroup(filters.AsEnumerable());

    /// <summary>Makes a group of agenda filters.</summary>
    /// <param name="filters">The filters.</param>
    /// <returns>The group.</returns>
    public static FilterGroupElement FilterGroup(IEnumerable<FilterElement> filters)
    {
        Required(filters, nameof(filters), "Filters");
        return new FilterGroupElement(filters);
    }

    /// <summary>Makes an agenda filter.</summary>
    /// <param name="filterType">Kind of filter.</param>
    /// <param name="expression">Expression whose parameters are named after the rule's variables.</param>
    /// <returns>The filter.</returns>
    /// <exception cref="ArgumentException">A predicate does not return <see cref="bool"/>.</exception>
    public static FilterElement Filter(FilterType filterType, LambdaExpression expression)
    {
        Required(expression, nameof(expression), "Filter expression");
        if (filterType == FilterType.Predicate && expression.ReturnType != typeof(bool))
        {
            throw new ArgumentException($"Filter condition must return a Boolean result. Condition={expression}", nameof(expression));
        }

        return new FilterElement(filterType, expression);
    }

    /// <summary>Makes a priority expression.</summary>
    /// <param name="expression">Expression that returns <see cref="int"/>; its parameters are named after the rule's variables.</param>
    /// <returns>The element.</returns>
    /// <exception cref="ArgumentException">The expression does not return <see cref="int"/>.</exception>
    public static PriorityElement Priority(LambdaExpression expression)
    {
        Required(expression, nameof(expression), "Priority expression");
        return expression.ReturnType == typeof(int)
            ? new PriorityElement(expression)
            : throw new ArgumentException($"Priority expression must return an integer. Expression={expression}", nameof(expression));
    }

    /// <summary>Makes a group of actions.</summary>
    /// <param name="actions">The actions.</param>
    /// <returns>The group.</returns>
    public static ActionGroupElement ActionGroup(params ActionElement[] actions) => ActionGroup(actions.AsEnumerable());

    /// <summary>Makes a group of actions.</summary>
    /// <param name="actions">The actions.</param>
    /// <returns>The group.</returns>
    /// <exception cref="ArgumentException">No action runs when the rule fires for a new match.</exception>
    public static ActionGroupElement ActionGroup(IEnumerable<ActionElement> actions)
    {
        Required(actions, nameof(actions), "Actions");
        var element = new ActionGroupElement(actions);
        return element.Actions.Any(a => a.ActionTrigger.HasFlag(ActionTrigger.Activated))
            ? element
            : throw new ArgumentException("Rule must have at least one match action", nameof(actions));
    }

    /// <summary>Makes an action that runs when the rule fires for a new or an updated match.</summary>
    /// <param name="expression">Expression whose first parameter is the <see cref="IContext"/>.</param>
    /// <returns>The action.</returns>
    public static ActionElement Action(LambdaExpression expression) =>
        Action(expression, ActionElement.DefaultTrigger);

    /// <summary>Makes an action.</summary>
    /// <param name="expression">Expression whose first parameter is the <see cref="IContext"/>.</param>
    /// <param name="actionTrigger">Changes of the match on which the action runs.</param>
    /// <returns>The action.</returns>
    /// <exception cref="ArgumentException">The expression does not take the context first, or the trigger is empty.</exception>
    public static ActionElement Action(LambdaExpression expression, ActionTrigger actionTrigger)
    {
        Required(expression, nameof(expression), "Action expression");
        if (expression.Parameters.Count == 0 || expression.Parameters[0].Type != typeof(IContext))
        {
            throw new ArgumentException(
                $"Action expression must have {typeof(IContext)} as its first parameter. Action={expression}", nameof(expression));
        }

        return actionTrigger != ActionTrigger.None
            ? new ActionElement(expression, actionTrigger)
            : throw new ArgumentException("Action trigger not provided", nameof(actionTrigger));
    }

    private static void Required(object? value, string parameter, string what)
    {
        if (value is null)
        {
            throw new ArgumentNullException(parameter, what + " not provided");
        }
    }

    private static void RequiredName(string? value, string parameter, string what)
    {
        if (string.IsNullOrEmpty(value))
        {
            throw new ArgumentNullException(parameter, what + " not provided");
        }
    }
}

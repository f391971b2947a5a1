using System.Linq.Expressions;

namespace Ecosystem.Rules.RuleModel.Builders;

public static partial class Element
{
    /// <summary>Makes a group.</summary>
    /// <param name="groupType">How the elements combine.</param>
    /// <param name="childElements">Elements of the group.</param>
    /// <returns>The group.</returns>
    public static GroupElement Group(GroupType groupType, IEnumerable<RuleElement> childElements) => groupType switch
    {
        GroupType.And => AndGroup(childElements),
        GroupType.Or => OrGroup(childElements),
        _ => throw new ArgumentException($"Unrecognized group type. GroupType={groupType}", nameof(groupType)),
    };

    /// <summary>Makes a group that matches when all its elements do.</summary>
    /// <param name="childElements">Elements of the group.</param>
    /// <returns>The group.</returns>
    public static AndElement AndGroup(params RuleElement[] childElements) => AndGroup(childElements.AsEnumerable());

    /// <summary>Makes a group that matches when all its elements do.</summary>
    /// <param name="childElements">Elements of the group.</param>
    /// <returns>The group.</returns>
    /// <exception cref="InvalidOperationException">The group is empty, or two elements declare the same variable.</exception>
    public static AndElement AndGroup(IEnumerable<RuleElement> childElements)
    {
        Required(childElements, nameof(childElements), "Child elements");
        var element = new AndElement(childElements);
        if (!element.ChildElements.Any())
        {
            throw new InvalidOperationException("Group element AND requires at least one child element");
        }

        ElementValidator.ValidateUniqueDeclarations(element.ChildElements);
        return element;
    }

    /// <summary>Makes a group that matches once for each element that does.</summary>
    /// <param name="childElements">Elements of the group.</param>
    /// <returns>The group.</returns>
    public static OrElement OrGroup(params RuleElement[] childElements) => OrGroup(childElements.AsEnumerable());

    /// <summary>Makes a group that matches once for each element that does.</summary>
    /// <param name="childElements">Elements of the group.</param>
    /// <returns>The group.</returns>
    /// <exception cref="InvalidOperationException">The group is empty.</exception>
    public static OrElement OrGroup(IEnumerable<RuleElement> childElements)
    {
        Required(childElements, nameof(childElements), "Child elements");
        var element = new OrElement(childElements);
        return element.ChildElements.Any()
            ? element
            : throw new InvalidOperationException("Group element OR requires at least one child element");
    }

    /// <summary>Makes an existence test.</summary>
    /// <param name="source">What must match at least once.</param>
    /// <returns>The element.</returns>
    public static ExistsElement Exists(RuleElement source)
    {
        Required(source, nameof(source), "Source element");
        return new ExistsElement(source);
    }

    /// <summary>Makes a negation.</summary>
    /// <param name="source">What must not match.</param>
    /// <returns>The element.</returns>
    public static NotElement Not(RuleElement source)
    {
        Required(source, nameof(source), "Source element");
        return new NotElement(source);
    }

    /// <summary>Makes a universal test.</summary>
    /// <param name="basePattern">Which facts are looked at.</param>
    /// <param name="patterns">What each of those facts must match.</param>
    /// <returns>The element.</returns>
    /// <exception cref="InvalidOperationException">There are no patterns.</exception>
    public static ForAllElement ForAll(PatternElement basePattern, IEnumerable<PatternElement> patterns)
    {
        Required(basePattern, nameof(basePattern), "Base pattern");
        Required(patterns, nameof(patterns), "Patterns");
        var element = new ForAllElement(basePattern, patterns);
        return element.Patterns.Any() ? element : throw new InvalidOperationException("At least one FORALL pattern must be specified");
    }

    /// <summary>Makes a pattern over the facts of the session.</summary>
    /// <param name="type">Type of facts.</param>
    /// <param name="name">Name of the variable a fact is bound to.</param>
    /// <param name="expressions">Conditions by name.</param>
    /// <returns>The pattern.</returns>
    public static PatternElement Pattern(Type type, string name, IEnumerable<KeyValuePair<string, LambdaExpression>> expressions) =>
        Pattern(type, name, expressions, null);

    /// <summary>Makes a pattern over the facts of the session.</summary>
    /// <param name="declaration">Variable a fact is bound to.</param>
    /// <param name="expressions">Conditions by name.</param>
    /// <returns>The pattern.</returns>
    public static PatternElement Pattern(Declaration declaration, IEnumerable<KeyValuePair<string, LambdaExpression>> expressions) =>
        Pattern(declaration, expressions, null);

    /// <summary>Makes a pattern over the results of a source.</summary>
    /// <param name="type">Type of values.</param>
    /// <param name="name">Name of the variable a value is bound to.</param>
    /// <param name="expressions">Conditions by name.</param>
    /// <param name="source">Source; null for the facts of the session.</param>
    /// <returns>The pattern.</returns>
    public static PatternElement Pattern(
        Type type, string name, IEnumerable<KeyValuePair<string, LambdaExpression>> expressions, RuleElement? source)
    {
        Required(type, nameof(type), "Pattern type");
        RequiredName(name, nameof(name), "Pattern name");
        return Pattern(new Declaration(type, name), expressions, source);
    }

    /// <summary>Makes a pattern over the results of a source.</summary>
    /// <param name="declaration">Variable a value is bound to.</param>
    /// <param name="expressions">Conditions by name.</param>
    /// <param name="source">Source; null for the facts of the session.</param>
    /// <returns>The pattern.</returns>
    public static PatternElement Pattern(
        Declaration declaration, IEnumerable<KeyValuePair<string, LambdaExpression>> expressions, RuleElement? source)
    {
        Required(declaration, nameof(declaration), "Pattern declaration");
        Required(expressions, nameof(expressions), "Pattern expressions");
        return Pattern(declaration, expressions.Select(e => NamedCondition(e.Key, e.Value)), source);
    }

    /// <summary>Makes a variable that an element is bound to.</summary>
    /// <param name="type">Type of its values.</param>
    /// <param name="name">Name.</param>
    /// <returns>The variable.</returns>
    public static Declaration Declaration(Type type, string name)
    {
        Required(type, nameof(type), "Declaration type");
        RequiredName(name, nameof(name), "Declaration name");
        return new Declaration(type, name);
    }

    /// <summary>Makes a named expression of a pattern or an aggregation.</summary>
    /// <param name="name">Name of the expression.</param>
    /// <param name="expression">The expression.</param>
    /// <returns>The element.</returns>
    public static NamedExpressionElement Expression(string name, LambdaExpression expression)
    {
        RequiredName(name, nameof(name), "Expression name");
        return NamedCondition(name, expression);
    }

    /// <summary>Makes a condition of a pattern.</summary>
    /// <param name="expression">Expression that returns <see cref="bool"/>.</param>
    /// <returns>The condition.</returns>
    public static NamedExpressionElement Condition(LambdaExpression expression) =>
        NamedCondition(PatternElement.ConditionName, expression);

    /// <summary>Makes a binding of the type its expression returns.</summary>
    /// <param name="expression">Expression to evaluate.</param>
    /// <returns>The binding.</returns>
    public static BindingElement Binding(LambdaExpression expression)
    {
        Required(expression, nameof(expression), "Binding expression");
        return Binding(expression.ReturnType, expression);
    }

    /// <summary>Makes a binding.</summary>
    /// <param name="resultType">Type of the value.</param>
    /// <param name="expression">Expression to evaluate.</param>
    /// <returns>The binding.</returns>
    /// <exception cref="ArgumentException">The expression's result cannot be assigned to the type.</exception>
    public static BindingElement Binding(Type resultType, LambdaExpression expression)
    {
        Required(resultType, nameof(resultType), "Binding result type");
        Required(expression, nameof(expression), "Binding expression");
        return resultType.IsAssignableFrom(expression.ReturnType)
            ? new BindingElement(resultType, expression)
            : throw new ArgumentException(
                $"Binding expression not assignable to result type. ResultType={resultType}, ExpressionResult={expression.ReturnType}",
                nameof(expression));
    }

    /// <summary>Makes an aggregation.</summary>
    /// <param name="resultType">Type of facts that result.</param>
    /// <param name="name">Name of the aggregation.</param>
    /// <param name="expressions">Expressions of the aggregation by name.</param>
    /// <param name="source">Facts to aggregate.</param>
    /// <param name="customFactoryType">Type of the factory of a custom aggregation.</param>
    /// <returns>The aggregation.</returns>
    /// <exception cref="ArgumentException">The expressions do not fit the source or the result.</exception>
    public static AggregateElement Aggregate(
        Type resultType,
        string name,
        IEnumerable<KeyValuePair<string, LambdaExpression>> expressions,
        PatternElement source,
        Type? customFactoryType = null)
    {
        Required(resultType, nameof(resultType), "Aggregate result type");
        RequiredName(name, nameof(name), "Aggregate name");
        Required(expressions, nameof(expressions), "Aggregate expressions");
        return Aggregate(resultType, name, expressions.Select(e => new NamedExpressionElement(e.Key, e.Value)), source, customFactoryType);
    }

    /// <summary>Makes an aggregation.</summary>
    /// <param name="resultType">Type of facts that result.</param>
    /// <param name="name">Name of the aggregation.</param>
    /// <param name="expressions">Expressions of the aggregation.</param>
    /// <param name="source">Facts to aggregate.</param>
    /// <param name="customFactoryType">Type of the factory of a custom aggregation.</param>
    /// <returns>The aggregation.</returns>
    /// <exception cref="ArgumentException">The expressions do not fit the source or the result.</exception>
    public static AggregateElement Aggregate(
        Type resultType,
        string name,
        IEnumerable<NamedExpressionElement> expressions,
        PatternElement source,
        Type? customFactoryType = null)
    {
        Required(resultType, nameof(resultType), "Aggregate result type");
        RequiredName(name, nameof(name), "Aggregate name");
        Required(expressions, nameof(expressions), "Aggregate expressions");
        Required(source, nameof(source), "Aggregate source pattern");
        var collection = new ExpressionCollection(expressions);
        var element = new AggregateElement(resultType, name, collection, source, customFactoryType);
        ElementValidator.ValidateAggregate(element);
        return element;
    }

    /// <summary>Makes an aggregation that collects facts into one collection.</summary>
    /// <param name="source">Facts to collect.</param>
    /// <returns>The aggregation.</returns>
    public static AggregateElement Collect(PatternElement source) => Collect(null, source);

    /// <summary>Makes an aggregation that collects facts into one collection.</summary>
    /// <param name="resultType">Type of the collection; null for a sequence of the source's type.</param>
    /// <param name="source">Facts to collect.</param>
    /// <returns>The aggregation.</returns>
    public static AggregateElement Collect(Type? resultType, PatternElement source)
    {
        Required(source, nameof(source), "Aggregate source pattern");
        return Aggregate(resultType ?? typeof(IEnumerable<>).MakeGenericType(source.ValueType), AggregateElement.CollectName, Array.Empty<NamedExpressionElement>(), source);
    }

    /// <summary>Makes an aggregation that groups facts by key.</summary>
    /// <param name="keySelector">Selects the key.</param>
    /// <param name="elementSelector">Selects the element of the group.</param>
    /// <param name="source">Facts to group.</param>
    /// <returns>The aggregation.</returns>
    public static AggregateElement GroupBy(LambdaExpression keySelector, LambdaExpression elementSelector, PatternElement source) =>
        GroupBy(null, keySelector, elementSelector, source);

    /// <summary>Makes an aggregation that groups facts by key.</summary>
    /// <param name="resultType">Type of groups; null for the grouping of the selectors' types.</param>
    /// <param name="keySelector">Selects the key.</param>
    /// <param name="elementSelector">Selects the element of the group.</param>
    /// <param name="source">Facts to group.</param>
    /// <returns>The aggregation.</returns>
    public static AggregateElement GroupBy(
        Type? resultType, LambdaExpression keySelector, LambdaExpression elementSelector, PatternElement source)
    {
        Required(keySelector, nameof(keySelector), "GroupBy key selector");
        Required(elementSelector, nameof(elementSelector), "GroupBy element selector");
        resultType ??= typeof(IGrouping<,>).MakeGenericType(keySelector.ReturnType, elementSelector.ReturnType);
        return Aggregate(
            resultType,
            AggregateElement.GroupByName,
            [
                KeyValuePair.Create(AggregateElement.KeySelectorName, keySelector),
                KeyValuePair.Create(AggregateElement.ElementSelectorName, elementSelector),
            ],
            source);
    }

    /// <summary>Makes an aggregation that projects each fact to another.</summary>
    /// <param name="selector">Selects the projection.</param>
    /// <param name="source">Facts to project.</param>
    /// <returns>The aggregation.</returns>
    public static AggregateElement Project(LambdaExpression selector, PatternElement source) => Project(null, selector, source);

    /// <summary>Makes an aggregation that projects each fact to another.</summary>
    /// <param name="resultType">Type of projections; null for the type the selector returns.</param>
    /// <param name="selector">Selects the projection.</param>
    /// <param name="source">Facts to project.</param>
    /// <returns>The aggregation.</returns>
    public static AggregateElement Project(Type? resultType, LambdaExpression selector, PatternElement source)
    {
        Required(selector, nameof(selector), "Projection selector");
        return Aggregate(
            resultType ?? selector.ReturnType,
            AggregateElement.ProjectName,
            [KeyValuePair.Create(AggregateElement.SelectorName, selector)],
            source);
    }

    /// <summary>Makes an aggregation that flattens collections held by facts.</summary>
    /// <param name="resultType">Type of the collections' elements.</param>
    /// <param name="selector">Selects a collection.</param>
    /// <param name="source">Facts to flatten.</param>
    /// <returns>The aggregation.</returns>
    public static AggregateElement Flatten(Type resultType, LambdaExpression selector, PatternElement source)
    {
        Required(selector, nameof(selector), "Flattening selector");
        return Aggregate(
            resultType, AggregateElement.FlattenName, [KeyValuePair.Create(AggregateElement.SelectorName, selector)], source);
    }

    /// <summary>Makes a pattern over the results of a source.</summary>
    /// <param name="type">Type of values.</param>
    /// <param name="name">Name of the variable a value is bound to.</param>
    /// <param name="expressions">Conditions.</param>
    /// <param name="source">Source; null for the facts of the session.</param>
    /// <returns>The pattern.</returns>
    public static PatternElement Pattern(Type type, string name, IEnumerable<NamedExpressionElement> expressions, RuleElement? source) =>
        Pattern(Declaration(type, name), expressions, source);

    /// <summary>Makes a pattern over the results of a source.</summary>
    /// <param name="declaration">Variable a value is bound to.</param>
    /// <param name="expressions">Conditions.</param>
    /// <param name="source">Source; null for the facts of the session.</param>
    /// <returns>The pattern.</returns>
    public static PatternElement Pattern(Declaration declaration, IEnumerable<NamedExpressionElement> expressions, RuleElement? source)
    {
        Required(declaration, nameof(declaration), "Pattern declaration");
        Required(expressions, nameof(expressions), "Pattern expressions");
        var element = new PatternElement(declaration, expressions, source);
        declaration.Target = element;
        return element;
    }

    private static NamedExpressionElement NamedCondition(string name, LambdaExpression expression)
    {
        Required(expression, nameof(expression), "Condition expression");
        return name != PatternElement.ConditionName || expression.ReturnType == typeof(bool)
            ? new NamedExpressionElement(name, expression)
            : throw new ArgumentException($"Pattern condition must return a Boolean result. Condition={expression}", nameof(expression));
    }
}

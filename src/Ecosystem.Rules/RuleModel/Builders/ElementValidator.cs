namespace Ecosystem.Rules.RuleModel.Builders;

internal static class ElementValidator
{
    public static void ValidateUniqueDeclarations(params IEnumerable<RuleElement> elements)
    {
        var duplicates = elements
            .SelectMany(e => e.Exports)
            .GroupBy(d => d.Name)
            .Where(g => g.Count() > 1)
            .Select(g => g.Key)
            .ToArray();
        if (duplicates.Length > 0)
        {
            throw new InvalidOperationException($"Duplicate declarations. Declaration={string.Join(",", duplicates)}");
        }
    }

    public static void ValidateRuleDefinition(IRuleDefinition definition)
    {
        var exported = definition.LeftHandSide.Exports.Concat(definition.DependencyGroup.Exports).ToHashSet();
        RequireDefined("rule match conditions", definition.LeftHandSide.Imports, definition.LeftHandSide.Exports);
        RequireDefined("rule filter", definition.FilterGroup.Imports, definition.LeftHandSide.Exports);
        RequireDefined("rule actions", definition.RightHandSide.Imports, exported);
        if (definition.PriorityExpression is { } priority)
        {
            RequireDefined("rule priority", priority.Imports, definition.LeftHandSide.Exports);
        }
    }

    public static void ValidateAggregate(AggregateElement element)
    {
        switch (element.Name)
        {
            case AggregateElement.CollectName:
                ValidateCollect(element);
                break;
            case AggregateElement.GroupByName:
                ValidateGroupBy(element);
                break;
            case AggregateElement.ProjectName:
                ValidateSelector(element, element.ResultType, "Projection");
                break;
            case AggregateElement.FlattenName:
                ValidateSelector(element, typeof(IEnumerable<>).MakeGenericType(element.ResultType), "Flattening");
                break;
            default:
                break;
        }
    }

    private static void RequireDefined(string where, IEnumerable<Declaration> used, IEnumerable<Declaration> defined)
    {
        var missing = used.Except(defined).ToArray();
        if (missing.Length > 0)
        {
            throw new InvalidOperationException(
                $"Undefined variables in {where}. Variables={string.Join(",", missing.Select(v => v.Name))}");
        }
    }

    private static void ValidateCollect(AggregateElement element)
    {
        var lookup = element.Expressions.FindSingleOrDefault(AggregateElement.KeySelectorName);
        var expected = lookup is null
            ? typeof(IEnumerable<>).MakeGenericType(element.Source.ValueType)
            : typeof(ILookup<,>).MakeGenericType(
                lookup.Expression.ReturnType, element.Expressions[AggregateElement.ElementSelectorName].Expression.ReturnType);
        if (!expected.IsAssignableFrom(element.ResultType) && !element.ResultType.IsAssignableFrom(expected))
        {
            throw new ArgumentException(
                $"Collect result must be a collection of source elements. ElementType={element.Source.ValueType}, ResultType={element.ResultType}");
        }

        foreach (var sort in element.Expressions.Where(e =>
            e.Name is AggregateElement.KeySelectorAscendingName or AggregateElement.KeySelectorDescendingName))
        {
            ValidateParameter(sort, element.Source.ValueType, "Sort key selector");
        }
    }

    private static void ValidateGroupBy(AggregateElement element)
    {
        var key = element.Expressions[AggregateElement.KeySelectorName];
        var value = element.Expressions[AggregateElement.ElementSelectorName];
        ValidateParameter(key, element.Source.ValueType, "GroupBy key selector");
        ValidateParameter(value, element.Source.ValueType, "GroupBy element selector");
        var grouping = typeof(IGrouping<,>).MakeGenericType(key.Expression.ReturnType, value.Expression.ReturnType);
        if (!element.ResultType.IsAssignableFrom(grouping))
        {
            throw new ArgumentException(
                $"GroupBy key/element selectors must produce a grouping assignable to the aggregation result. "
                + $"ExpectedResult={grouping}, ResultType={element.ResultType}");
        }
    }

    private static void ValidateSelector(AggregateElement element, Type expected, string what)
    {
        var selector = element.Expressions[AggregateElement.SelectorName];
        ValidateParameter(selector, element.Source.ValueType, what + " selector");
        if (!expected.IsAssignableFrom(selector.Expression.ReturnType))
        {
            throw new ArgumentException(
                $"{what} selector must produce a value assignable to the aggregation result. "
                + $"SelectorReturnType={selector.Expression.ReturnType}, ExpectedType={expected}");
        }
    }

    private static void ValidateParameter(NamedExpressionElement expression, Type sourceType, string what)
    {
        if (expression.Expression.Parameters.Count == 0)
        {
            throw new ArgumentException($"{what} must have at least one parameter. Expression={expression.Expression}");
        }

        if (!expression.Expression.Parameters[0].Type.IsAssignableFrom(sourceType))
        {
            throw new ArgumentException(
                $"{what} must have a parameter type that matches the aggregate source. "
                + $"ExpectedType={sourceType}, ActualType={expression.Expression.Parameters[0].Type}");
        }
    }
}

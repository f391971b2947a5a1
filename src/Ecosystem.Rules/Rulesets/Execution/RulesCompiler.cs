namespace Ecosystem.Rules.Rulesets;

/// <summary>Parses the expressions of when/then rules.</summary>
internal sealed class RulesCompiler(RulesetDocument document, ExpressionCompiler expressions, NameScope outer)
{
    public CompiledRules Compile(RulesSection section, string path)
    {
        CompiledRule[] rules = [.. section.Rules.Select(rule => Rule(rule, $"{path}/{rule.Id}"))];
        string[] lists = [.. section.Rules.SelectMany(r => r.Then).OfType<RuleAction.Insert>().Select(i => i.Target).Distinct(StringComparer.Ordinal)];
        return new CompiledRules(section, rules, lists);
    }

    private CompiledRule Rule(RulesSection.WhenThenRule rule, string path)
    {
        NameScope scope = outer.With();
        var conditions = new List<CompiledRule.Condition>();
        foreach (RuleCondition condition in rule.When)
        {
            conditions.Add(Condition(condition, $"{path}/when/{conditions.Count + 1}", scope));
        }

        ReasonTemplate? because = expressions.Reason(rule.Because, $"{path}/because", scope);
        scope.Declare(new RulesetField("because", RulesetType.Text));
        CompiledRule.Action[] actions =
        [
            .. rule.Then.Select(action => new CompiledRule.Action(action, Value(action.Value, $"{path}/then/{action.Target}", scope, TargetOf(action)))),
        ];
        return new CompiledRule(rule, path, conditions, actions, because);
    }

    private RulesetField? TargetOf(RuleAction action)
    {
        RulesetField? field = document.Outputs.FirstOrDefault(o => o.Name == action.Target) ?? outer.Field(action.Target);
        return action is RuleAction.Insert && field?.Type.Item is { } item ? new RulesetField(action.Target, item) : field;
    }

    private CompiledRule.Condition Condition(RuleCondition condition, string path, NameScope scope)
    {
        switch (condition)
        {
            case RuleCondition.Test test:
                return new CompiledRule.Test(expressions.Expression(test.Text, path, scope));
            case RuleCondition.Match match:
                CompiledExpression list = expressions.Expression(match.Facts.List, path, scope);
                scope.Declare(scope.ElementOf(match.Facts));
                return new CompiledRule.Match(match.Facts.Name, list, expressions.Optional(match.Where, path, scope));
            case RuleCondition.Quantified quantified:
                NameScope inner = scope.With(scope.ElementOf(quantified.Facts));
                return new CompiledRule.Quantified(
                    quantified.Quantifier, quantified.Facts.Name, expressions.Expression(quantified.Facts.List, path, scope), expressions.Optional(quantified.Where, path, inner));
            case RuleCondition.Aggregate aggregate:
                NameScope element = scope.With(scope.ElementOf(aggregate.Facts));
                var compiled = new CompiledRule.Aggregate(
                    aggregate.Function, aggregate.Facts.Name, expressions.Expression(aggregate.Facts.List, path, scope), expressions.Optional(aggregate.Of, path, element),
                    expressions.Optional(aggregate.Where, path, element), aggregate.As);
                scope.Declare(new RulesetField(aggregate.As, RulesetType.Number));
                return compiled;
            default:
                throw new InvalidOperationException($"Unknown kind of condition {condition.GetType().Name}.");
        }
    }

    private CompiledRule.Value Value(RuleValue value, string path, NameScope scope, RulesetField? target)
    {
        if (value is RuleValue.Record record)
        {
            return new CompiledRule.Value(
                null, [.. record.Fields.Select(f => f.Key)], [.. record.Fields.Select(f => Value(f.Value, $"{path}/{f.Key}", scope, target?.Type.Field(f.Key)))]);
        }

        var text = (RuleValue.Expression)value;
        return new CompiledRule.Value(expressions.Result(text.Text, path, scope, target?.OneOf ?? []), [], []);
    }
}

using Ecosystem.Rules.Feel;

namespace Ecosystem.Rules.Rulesets;

/// <summary>Runs a <see cref="RulesSection"/>.</summary>
internal sealed class CompiledRules(RulesSection section, IReadOnlyList<CompiledRule> rules, IReadOnlyList<string> lists) : CompiledSection(section.Id)
{
    private const int MaximumFirings = 100_000;
    private const int MaximumRounds = 200;
    private readonly CompiledRule[] _ordered = [.. rules.OrderByDescending(r => r.Source.Priority)];

    public override void Run(RunState state)
    {
        foreach (string list in lists)
        {
            if (!state.Values.TryGetValue(list, out object? value) || value is null)
            {
                state.Values[list] = FeelList.Empty;
            }
        }

        var decided = new Dictionary<string, (CompiledRule Rule, object? Value)>(StringComparer.Ordinal);
        var fired = new HashSet<string>(StringComparer.Ordinal);
        bool again = true;
        for (int round = 0; again; round++)
        {
            again = false;
            if (round > MaximumRounds)
            {
                throw Failure(state, _ordered[0], "endless", "The rules keep setting each other off");
            }

            foreach (CompiledRule rule in _ordered)
            {
                again |= Join(state, rule, 0, rule.Source.Id, fired, decided);
            }
        }
    }

    private bool Join(RunState state, CompiledRule rule, int at, string key, HashSet<string> fired, Dictionary<string, (CompiledRule Rule, object? Value)> decided)
    {
        if (at == rule.Conditions.Count)
        {
            if (!fired.Add(key))
            {
                return false;
            }

            if (fired.Count > MaximumFirings)
            {
                throw Failure(state, rule, "endless", "The rules keep setting each other off");
            }

            Fire(state, rule, decided);
            return true;
        }

        switch (rule.Conditions[at])
        {
            case CompiledRule.Test test:
                return test.Expression.IsTrue(state) && Join(state, rule, at + 1, key, fired, decided);
            case CompiledRule.Match match:
                return Each(state, match, rule, at, key, fired, decided);
            case CompiledRule.Quantified quantified:
                bool any = Elements(state, quantified.Name, quantified.List, quantified.Where, quantified.Quantifier == RuleQuantifier.All).Count > 0;
                return any == (quantified.Quantifier == RuleQuantifier.Exists) && Join(state, rule, at + 1, key, fired, decided);
            case CompiledRule.Aggregate aggregate:
                object? number = Number(state, aggregate);
                (bool, object?) outer = state.Shadow(aggregate.As, number);
                bool result = Join(state, rule, at + 1, $"{key}|{number}", fired, decided);
                state.Restore(aggregate.As, outer);
                return result;
            default:
                throw new InvalidOperationException("Unknown kind of condition.");
        }
    }

    private bool Each(RunState state, CompiledRule.Match match, CompiledRule rule, int at, string key, HashSet<string> fired, Dictionary<string, (CompiledRule Rule, object? Value)> decided)
    {
        bool result = false;
        IReadOnlyList<object?> elements = match.List.List(state);
        for (int i = 0; i < elements.Count; i++)
        {
            (bool, object?) outer = state.Shadow(match.Name, elements[i]);
            if (match.Where is null || match.Where.IsTrue(state))
            {
                result |= Join(state, rule, at + 1, $"{key}|{i}", fired, decided);
            }

            state.Restore(match.Name, outer);
        }

        return result;
    }

    private static List<object?> Elements(RunState state, string name, CompiledExpression list, CompiledExpression? where, bool negate)
    {
        var found = new List<object?>();
        foreach (object? element in list.List(state))
        {
            (bool, object?) outer = state.Shadow(name, element);
            if ((where is null || where.IsTrue(state)) != negate)
            {
                found.Add(element);
            }

            state.Restore(name, outer);
        }

        return found;
    }

    private static object? Number(RunState state, CompiledRule.Aggregate aggregate)
    {
        List<object?> elements = Elements(state, aggregate.Name, aggregate.List, aggregate.Where, negate: false);
        if (aggregate.Function == RuleAggregate.Count)
        {
            return (decimal)elements.Count;
        }

        var numbers = new List<decimal>(elements.Count);
        foreach (object? element in elements)
        {
            (bool, object?) outer = state.Shadow(aggregate.Name, element);
            numbers.Add(aggregate.Of!.Number(state));
            state.Restore(aggregate.Name, outer);
        }

        return aggregate.Function switch
        {
            RuleAggregate.Sum => numbers.Sum(),
            RuleAggregate.Min => numbers.Count == 0 ? null : numbers.Min(),
            _ => numbers.Count == 0 ? null : numbers.Max(),
        };
    }

    private void Fire(RunState state, CompiledRule rule, Dictionary<string, (CompiledRule Rule, object? Value)> decided)
    {
        string? because = rule.Because?.Render(state);
        state.Hit(section.Id, rule.Source.Id, because);
        (bool, object?) outer = state.Shadow("because", because);
        foreach (CompiledRule.Action action in rule.Actions)
        {
            object? value = action.Value.Evaluate(state);
            string target = action.Source.Target;
            switch (action.Source)
            {
                case RuleAction.Insert:
                    state.Values[target] = new FeelList([.. ((FeelList)state.Values[target]!).Items, FeelBoundary.FromClr(value)]);
                    break;
                case RuleAction.Decide when decided.TryGetValue(target, out (CompiledRule Rule, object? Value) earlier):
                    if (earlier.Rule.Source.Priority == rule.Source.Priority && !Equals(earlier.Value, value))
                    {
                        throw Failure(state, rule, "conflicting-decisions",
                            $"Rules '{earlier.Rule.Source.Id}' and '{rule.Source.Id}' decide '{target}' differently: {PlainWords.Of(earlier.Value)} and {PlainWords.Of(value)}");
                    }

                    break;
                case RuleAction.Decide:
                    decided[target] = (rule, value);
                    state.Values[target] = value;
                    break;
                default:
                    state.Values[target] = value;
                    break;
            }
        }

        state.Restore("because", outer);
    }

    private static RulesetException Failure(RunState state, CompiledRule rule, string code, string message) =>
        new(state.Document.Name, [new RulesetDiagnostic(RulesetSeverity.Error, code, rule.Path, rule.Source.Line, rule.Source.Column, message)]);
}

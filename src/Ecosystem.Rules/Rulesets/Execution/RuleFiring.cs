using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Rulesets;

/// <summary>Carries out what a rule says.</summary>
internal sealed class RuleFiring(string section, CompiledRule rule, IReadOnlyDictionary<string, int> lists, IReadOnlySet<string> readByConditions)
{
    public void Fire(IContext context, RuleScope scope, RunState state)
    {
        string? because = rule.Because?.Render(state);
        state.Hit(section, rule.Source.Id, because);
        (bool, object?) outer = state.Shadow("because", because);
        bool changed = false;
        var inserted = new List<RuleFact>();
        foreach (CompiledRule.Action action in rule.Actions)
        {
            string target = action.Source.Target;
            object? value = action.Value.Evaluate(state);
            switch (action.Source)
            {
                case RuleAction.Insert:
                    state.Append(target, value);
                    if (lists.TryGetValue(target, out int list))
                    {
                        inserted.Add(new RuleFact(list, value));
                    }

                    break;
                case RuleAction.Decide when scope.Decided.TryGetValue(target, out (CompiledRule Rule, object? Value) earlier):
                    CheckSame(state, target, earlier, value);
                    continue;
                case RuleAction.Decide:
                    scope.Decided[target] = (rule, value);
                    state.Values[target] = value;
                    break;
                default:
                    state.Values[target] = value;
                    break;
            }

            changed |= readByConditions.Contains(target);
        }

        state.Restore("because", outer);

        // Facts are told last: the rules that see them must find all values of this rule in place.
        foreach (RuleFact fact in inserted)
        {
            context.Insert(fact);
        }

        if (changed)
        {
            context.Update(scope);
        }
    }

    private void CheckSame(RunState state, string target, (CompiledRule Rule, object? Value) earlier, object? value)
    {
        if (earlier.Rule.Source.Priority == rule.Source.Priority && !ValueEquality.Same(earlier.Value, value))
        {
            throw new RulesetException(state.Document.Name,
            [
                new RulesetDiagnostic(RulesetSeverity.Error, "conflicting-decisions", rule.Path, rule.Source.Line, rule.Source.Column,
                    $"Rules '{earlier.Rule.Source.Id}' and '{rule.Source.Id}' decide '{target}' differently: {PlainWords.Of(earlier.Value)} and {PlainWords.Of(value)}",
                    "narrow one of them, or give one a higher priority"),
            ]);
        }
    }
}

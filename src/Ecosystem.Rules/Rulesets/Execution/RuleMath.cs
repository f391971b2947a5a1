namespace Ecosystem.Rules.Rulesets;

/// <summary>Quantifiers and numbers over the elements of a list.</summary>
internal static class RuleMath
{
    public static bool Holds(RunState state, CompiledRule.Quantified quantified)
    {
        bool all = quantified.Quantifier == RuleQuantifier.All;
        foreach (object? element in quantified.List.List(state))
        {
            if (Passes(state, quantified.Name, element, quantified.Where) != all)
            {
                return quantified.Quantifier == RuleQuantifier.Exists;
            }
        }

        return quantified.Quantifier != RuleQuantifier.Exists;
    }

    public static bool Passes(RunState state, string name, object? element, CompiledExpression? where)
    {
        if (where is null)
        {
            return true;
        }

        (bool, object?) outer = state.Shadow(name, element);
        bool passes = where.IsTrue(state);
        state.Restore(name, outer);
        return passes;
    }

    public static decimal? Number(RunState state, CompiledRule.Aggregate aggregate, IEnumerable<object?> elements)
    {
        decimal count = 0, sum = 0;
        decimal? least = null, most = null;
        foreach (object? element in elements)
        {
            count++;
            if (aggregate.Of is null)
            {
                continue;
            }

            (bool, object?) outer = state.Shadow(aggregate.Name, element);
            decimal number = aggregate.Of.Number(state);
            state.Restore(aggregate.Name, outer);
            sum += number;
            least = least is { } low && low < number ? low : number;
            most = most is { } high && high > number ? high : number;
        }

        return aggregate.Function switch
        {
            RuleAggregate.Count => count,
            RuleAggregate.Sum => sum,
            RuleAggregate.Min => least,
            _ => most,
        };
    }
}

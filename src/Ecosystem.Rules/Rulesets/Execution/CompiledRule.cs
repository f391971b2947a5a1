using Ecosystem.Rules.Feel;

namespace Ecosystem.Rules.Rulesets;

/// <summary>A when/then rule with its expressions parsed.</summary>
internal sealed record CompiledRule(
    RulesSection.WhenThenRule Source, string Path, IReadOnlyList<CompiledRule.Condition> Conditions, IReadOnlyList<CompiledRule.Action> Actions, ReasonTemplate? Because)
{
    internal abstract record Condition;

    internal sealed record Test(CompiledExpression Expression) : Condition;

    internal sealed record Match(string Name, CompiledExpression List, CompiledExpression? Where) : Condition;

    internal sealed record Quantified(RuleQuantifier Quantifier, string Name, CompiledExpression List, CompiledExpression? Where) : Condition;

    internal sealed record Aggregate(RuleAggregate Function, string Name, CompiledExpression List, CompiledExpression? Of, CompiledExpression? Where, string As) : Condition;

    internal sealed record Action(RuleAction Source, Value Value);

    /// <summary>One expression, or a record of values.</summary>
    internal sealed record Value(CompiledExpression? Expression, string[] Names, IReadOnlyList<Value> Fields)
    {
        public object? Evaluate(RunState state)
        {
            if (Expression is not null)
            {
                return Expression.Evaluate(state);
            }

            var values = new FeelValue[Fields.Count];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = FeelBoundary.FromClr(Fields[i].Evaluate(state));
            }

            return new FeelRecord(Names, values);
        }
    }
}

using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Rulesets;

/// <summary>What the network calls at one point of a rule: the facts matched so far become variables, then expressions are evaluated.</summary>
/// <param name="names">Names of the variables, in the order of the arguments after the scope.</param>
internal sealed class RuleStep(string[] names)
{
    private readonly List<Func<RunState, bool>> _tests = [];

    public bool HasTests => _tests.Count > 0;

    public void Add(Func<RunState, bool> test) => _tests.Add(test);

    /// <summary>Whether all tests hold; asked in order, so that a later one may rely on an earlier one.</summary>
    public bool Test(object?[] arguments)
    {
        RunState state = Enter(arguments, out (bool, object?)[] outer);
        bool holds = true;
        for (int i = 0; i < _tests.Count && holds; i++)
        {
            holds = _tests[i](state);
        }

        Leave(state, outer);
        return holds;
    }

    /// <summary>The number of an aggregate over collected facts, which are the last argument.</summary>
    public RuleNumber Number(CompiledRule.Aggregate aggregate, object?[] arguments)
    {
        var facts = (IEnumerable<RuleFact>)arguments[^1]!;
        RunState state = Enter(arguments.AsSpan(0, arguments.Length - 1), out (bool, object?)[] outer);
        decimal? number = RuleMath.Number(state, aggregate, facts.Select(f => f.Value));
        Leave(state, outer);
        return new RuleNumber(number);
    }

    /// <summary>The number of an aggregate over a list that depends on what was matched before.</summary>
    public RuleNumber NumberOfList(CompiledRule.Aggregate aggregate, object?[] arguments)
    {
        RunState state = Enter(arguments, out (bool, object?)[] outer);
        object?[] elements = [.. aggregate.List.List(state).Where(e => RuleMath.Passes(state, aggregate.Name, e, aggregate.Where))];
        decimal? number = RuleMath.Number(state, aggregate, elements);
        Leave(state, outer);
        return new RuleNumber(number);
    }

    public void Fire(RuleFiring firing, IContext context, object?[] arguments)
    {
        RunState state = Enter(arguments, out (bool, object?)[] outer);
        firing.Fire(context, (RuleScope)arguments[0]!, state);
        Leave(state, outer);
    }

    private RunState Enter(ReadOnlySpan<object?> arguments, out (bool, object?)[] outer)
    {
        RunState state = ((RuleScope)arguments[0]!).State;
        outer = names.Length == 0 ? [] : new (bool, object?)[names.Length];
        for (int i = 0; i < names.Length; i++)
        {
            outer[i] = state.Shadow(names[i], arguments[i + 1] switch
            {
                RuleFact fact => fact.Value,
                RuleNumber number => number.Value,
                var other => other,
            });
        }

        return state;
    }

    private void Leave(RunState state, (bool, object?)[] outer)
    {
        for (int i = names.Length - 1; i >= 0; i--)
        {
            state.Restore(names[i], outer[i]);
        }
    }
}

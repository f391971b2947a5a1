namespace Ecosystem.Rules.Rulesets;

/// <summary>Runs a <see cref="ValuesSection"/>.</summary>
internal sealed class CompiledValues(string id, IReadOnlyList<(string Name, CompiledExpression Expression)> values) : CompiledSection(id)
{
    public override void Run(RunState state)
    {
        foreach ((string name, CompiledExpression expression) in values)
        {
            state.Values[name] = expression.Evaluate(state);
        }
    }
}

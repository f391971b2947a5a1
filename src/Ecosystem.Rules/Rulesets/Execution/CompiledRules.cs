using Ecosystem.Rules.Feel;

namespace Ecosystem.Rules.Rulesets;

/// <summary>Runs a <see cref="RulesSection"/> on the production rules engine: one session for each evaluation, one network for all.</summary>
internal sealed class CompiledRules : CompiledSection
{
    private readonly IReadOnlyList<string> _lists;
    private readonly RuleNetwork _network;
    private readonly IReadOnlyList<CompiledRule> _rules;

    public CompiledRules(RulesSection section, IReadOnlyList<CompiledRule> rules, IReadOnlyList<string> lists)
        : base(section.Id)
    {
        _rules = rules;
        _lists = lists;
        _network = new RuleNetwork(section.Id, rules);
    }

    public override void Run(RunState state)
    {
        foreach (string list in _lists)
        {
            if (!state.Values.TryGetValue(list, out object? value) || value is null)
            {
                state.Values[list] = FeelList.Empty;
            }
        }

        // Working values that no rule has set yet are nothing, so that conditions may ask for them.
        foreach (string target in _network.WorkingValues)
        {
            state.Values.TryAdd(target, null);
        }

        try
        {
            _network.Run(state);
        }
        catch (RuleLoopException failure)
        {
            string[] ids = [.. failure.RuleNames.Take(3)];
            CompiledRule rule = _rules.First(r => r.Source.Id == ids[0]);
            throw new RulesetException(state.Document.Name,
                [new RulesetDiagnostic(RulesetSeverity.Error, "endless", rule.Path, rule.Source.Line, rule.Source.Column, $"The rules keep setting each other off: {string.Join(", ", ids)}")], failure);
        }
        catch (RuleExecutionException failure) when (Inner(failure) is { } cause)
        {
            throw new RulesetException(cause.Ruleset, cause.Diagnostics, failure);
        }
    }

    private static RulesetException? Inner(Exception? failure)
    {
        while (failure is not null and not RulesetException)
        {
            failure = failure.InnerException;
        }

        return (RulesetException?)failure;
    }
}

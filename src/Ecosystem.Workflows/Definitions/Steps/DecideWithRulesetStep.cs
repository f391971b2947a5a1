using Ecosystem.Workflows.Decisions;

namespace Ecosystem.Workflows.Definitions;

/// <summary>Inputs of <see cref="DecideWithRulesetStep"/>.</summary>
internal sealed record DecideWithRulesetInput
{
    /// <summary>Which ruleset.</summary>
    [StepInput(Description = "The ruleset that decides.", UIHint = "dropdown", OptionsFrom = "rulesets")]
    public string Ruleset { get; init; } = "";

    /// <summary>What it is told.</summary>
    [StepInput(Description = "The ruleset's inputs as one object.", UIHint = "multiline", DefaultSyntax = "FEEL")]
    public Dictionary<string, System.Text.Json.JsonElement> Inputs { get; init; } = [];

    /// <summary>The day whose rules are in force; today when empty.</summary>
    [StepInput(Description = "The day whose rules are in force, as yyyy-MM-dd; today when empty.")]
    public DateOnly? AsOf { get; init; }

    /// <summary>The output that names the outcome.</summary>
    [StepInput(Description = "The output of the ruleset whose value becomes the outcome of this step; when empty the outcome is Done.")]
    public string? OutcomeFrom { get; init; }

    /// <summary>The outcomes that are connected.</summary>
    [StepInput(Description = "The values that output can have, so that they can be connected.", UIHint = "dynamic-outcomes")]
    public IReadOnlyList<string>? Outcomes { get; init; }
}

/// <summary>Outputs of <see cref="DecideWithRulesetStep"/>.</summary>
/// <param name="Outputs">What the ruleset gave.</param>
/// <param name="DecisionId">The decision record.</param>
/// <param name="Reason">Why, in words.</param>
internal sealed record DecideWithRulesetOutput(Dictionary<string, object?> Outputs, string DecisionId, string Reason);

/// <summary>Has a ruleset decide and keeps the decision with its trace.</summary>
[WorkflowStep(
    Type,
    DisplayName = "Decide with ruleset",
    Category = "Decisions",
    Icon = "rule",
    Description = "Evaluates a ruleset in the version that is in force, keeps the decision record with its reasons, and goes on by one of its outputs.")]
internal sealed class DecideWithRulesetStep(DecisionService decisions) : WorkflowStep<DecideWithRulesetInput, DecideWithRulesetOutput>
{
    internal const string Type = "Ecosystem.DecideWithRuleset";

    /// <inheritdoc/>
    protected override Task<StepResult<DecideWithRulesetOutput>> ExecuteAsync(DecideWithRulesetInput input, StepContext context, CancellationToken ct)
    {
        if (input.Ruleset.Length == 0)
        {
            throw new StepInputException("The input 'ruleset' is empty; choose the ruleset that decides.");
        }

        var inputs = input.Inputs.ToDictionary(pair => pair.Key, pair => Values.Normalise(pair.Value), StringComparer.Ordinal);
        var asOf = input.AsOf ?? DateOnly.FromDateTime(context.Now.UtcDateTime);
        var decision = decisions.Decide(context.Db, input.Ruleset, asOf, inputs, context.Subject, context.Actor, context.Partner);
        var outputs = decision.Answer.Outputs.ToDictionary(pair => pair.Key, pair => Values.Normalise(pair.Value), StringComparer.Ordinal);
        var outcome = "Done";
        if (input.OutcomeFrom is { Length: > 0 } name)
        {
            outcome = outputs.TryGetValue(name, out var value) && value is not null
                ? Values.ToText(value)
                : throw new StepInputException($"The ruleset '{input.Ruleset}' has no output '{name}', or it is empty.");
        }

        return Task.FromResult(StepResult.Done(new DecideWithRulesetOutput(outputs, decision.Id.Value, decision.Reason), outcome));
    }
}

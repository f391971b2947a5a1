using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Partners;

namespace Ecosystem.Workflows.Engagement;

/// <summary>Inputs of <see cref="EvaluateHealthStep"/>.</summary>
internal sealed record EvaluateHealthInput : PartnerStepInput
{
    /// <summary>Day of the running episode.</summary>
    [StepInput(DisplayName = "Day of the episode", Description = "Day of the running re-enablement; empty when none runs.")]
    public int? EpisodeDay { get; init; }

    /// <summary>Day of the last step.</summary>
    [StepInput(DisplayName = "Day of the last step", Description = "Day of the ladder on which the last step was done; empty when none was.")]
    public int? LastStepDay { get; init; }
}

/// <summary>Outputs of <see cref="EvaluateHealthStep"/>.</summary>
internal sealed record EvaluateHealthOutput
{
    /// <summary>The score, 0 to 100; null while there is not enough evidence.</summary>
    public decimal? Score { get; init; }

    /// <summary>The colour; null while there is not enough evidence.</summary>
    public string? Band { get; init; }

    /// <summary>The partner's tier.</summary>
    public required string Tier { get; init; }

    /// <summary>A new episode is to begin.</summary>
    public required bool Start { get; init; }

    /// <summary>The step of the ladder that is due.</summary>
    public required string Step { get; init; }

    /// <summary>Day of the episode on which the next step is due.</summary>
    public int? NextStepDay { get; init; }

    /// <summary>A person has to act.</summary>
    public required bool Human { get; init; }

    /// <summary>An exit needs a legal review.</summary>
    public required bool LegalReview { get; init; }

    /// <summary>The stored decision.</summary>
    public required DecisionId DecisionId { get; init; }

    /// <summary>Why, in words.</summary>
    public required string Reason { get; init; }
}

/// <summary>Computes a partner's health and what re-enablement makes of it.</summary>
[WorkflowStep("Ecosystem.EvaluateHealth", DisplayName = "Evaluate health", Category = "Partners", Icon = "monitor_heart", Outcomes = ["None", "Start", "Step", "Stop"],
    Description = "Computes a partner's health and asks the ruleset re-enablement-trigger: an episode begins, a step of the ladder is due, it stops, or nothing.")]
internal sealed class EvaluateHealthStep(HealthService health) : WorkflowStep<EvaluateHealthInput, EvaluateHealthOutput>
{
    protected override async Task<StepResult<EvaluateHealthOutput>> ExecuteAsync(EvaluateHealthInput input, StepContext context, CancellationToken ct)
    {
        var partner = await input.LoadAsync(context, ct);
        var finding = (await health.EvaluateAsync(context.Db, partner.Id, input.EpisodeDay, input.LastStepDay, context.Actor, ct)).Value;
        return StepResult.Done(
            new EvaluateHealthOutput
            {
                Score = finding.Health.Score,
                Band = finding.Health.Band,
                Tier = partner.Tier.ToString().ToLowerInvariant(),
                Start = finding.Start,
                Step = finding.Step,
                NextStepDay = finding.NextStepDay,
                Human = finding.Human,
                LegalReview = finding.LegalReview,
                DecisionId = finding.DecisionId,
                Reason = finding.Reason,
            },
            finding.Start ? "Start" : finding.Step switch
            {
                "none" => "None",
                "stop" => "Stop",
                _ => "Step",
            });
    }
}

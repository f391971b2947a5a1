using Ecosystem.Workflows.Deals;
using Ecosystem.Workflows.Definitions;

namespace Ecosystem.Workflows.Conflicts;

/// <summary>Inputs of <see cref="DetectConflictStep"/>.</summary>
internal sealed record DetectConflictInput
{
    /// <summary>The deal; by default the one the case is about.</summary>
    [StepInput(Description = "The deal; by default the one the case is about.")]
    public DealId? DealId { get; init; }
}

/// <summary>Outputs of <see cref="DetectConflictStep"/>.</summary>
internal sealed record DetectConflictOutput
{
    /// <summary><c>none</c>, <c>review</c> or <c>hard</c>.</summary>
    public required ConflictLevel Level { get; init; }

    /// <summary>The highest score, 0 to 1.</summary>
    public required decimal Score { get; init; }

    /// <summary>The kind of the strongest conflict.</summary>
    public required string Kind { get; init; }

    /// <summary>The deal with the highest score.</summary>
    public DealId? Against { get; init; }

    /// <summary>How many deals resemble this one.</summary>
    public required int MatchCount { get; init; }

    /// <summary>The stored decision; OpenConflict wants it.</summary>
    public required DecisionId DecisionId { get; init; }

    /// <summary>Why, in words.</summary>
    public required string Reason { get; init; }
}

/// <summary>Looks for open deals that may be the same opportunity.</summary>
[WorkflowStep("Ecosystem.DetectConflict", DisplayName = "Detect conflict", Category = "Deals", Icon = "compare_arrows", Outcomes = ["None", "Review", "Hard"],
    Description = "Looks for open deals of the same customer and products and weighs them with the ruleset conflict-detection.")]
internal sealed class DetectConflictStep(ConflictService conflicts) : DealStep<DetectConflictInput, DetectConflictOutput>
{
    protected override async Task<StepResult<DetectConflictOutput>> ExecuteAsync(DetectConflictInput input, StepContext context, CancellationToken ct)
    {
        var deal = await DealAsync(context, input.DealId, ct);
        var finding = await conflicts.DetectAsync(context.Db, deal, context.Actor, ct);
        return StepResult.Done(
            new DetectConflictOutput
            {
                Level = finding.Level,
                Score = finding.Score,
                Kind = finding.Kind,
                Against = finding.Against,
                MatchCount = finding.Matches.Count,
                DecisionId = finding.DecisionId,
                Reason = finding.Reason,
            },
            finding.Level.ToString());
    }
}

using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Partners;

namespace Ecosystem.Workflows.Onboarding;

/// <summary>Inputs of <see cref="ScreenApplicantStep"/>.</summary>
internal sealed record ScreenApplicantInput : PartnerStepInput;

/// <summary>Outputs of <see cref="ScreenApplicantStep"/>.</summary>
internal sealed record ScreenApplicantOutput
{
    /// <summary><c>approve</c>, <c>review</c>, <c>info-request</c> or <c>block</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>Who acts next.</summary>
    public required string ReviewRole { get; init; }

    /// <summary>The risk class.</summary>
    public required string Risk { get; init; }

    /// <summary>The tax document that is needed.</summary>
    public required string TaxForm { get; init; }

    /// <summary>The day on which the partner is screened again.</summary>
    public required DateOnly RescreenOn { get; init; }

    /// <summary>Every check that did not simply pass: gate, status, owner, reason.</summary>
    public required IReadOnlyList<IReadOnlyDictionary<string, object?>> Gates { get; init; }

    /// <summary>The stored decision.</summary>
    public required DecisionId DecisionId { get; init; }

    /// <summary>Why, in words.</summary>
    public required string Reason { get; init; }
}

/// <summary>Screens an applicant.</summary>
[WorkflowStep("Ecosystem.ScreenApplicant", DisplayName = "Screen applicant", Category = "Partners", Icon = "policy", Outcomes = ["Approve", "Review", "InfoRequest", "Block"],
    Description = "Looks for duplicates, competitors and sanctions and decides with the ruleset onboarding-screening.")]
internal sealed class ScreenApplicantStep(OnboardingService onboarding) : WorkflowStep<ScreenApplicantInput, ScreenApplicantOutput>
{
    protected override async Task<StepResult<ScreenApplicantOutput>> ExecuteAsync(ScreenApplicantInput input, StepContext context, CancellationToken ct)
    {
        var partner = await input.LoadAsync(context, ct);
        var (screening, decision) = await onboarding.ScreenAsync(context.Db, partner, context.Actor, ct);
        return StepResult.Done(
            new ScreenApplicantOutput
            {
                Outcome = screening.Outcome,
                ReviewRole = screening.ReviewRole,
                Risk = screening.Risk,
                TaxForm = screening.TaxForm,
                RescreenOn = screening.RescreenOn,
                Gates = decision.Records("gates"),
                DecisionId = screening.DecisionId,
                Reason = decision.Reason,
            },
            screening.Outcome switch
            {
                "approve" => "Approve",
                "review" => "Review",
                "info-request" => "InfoRequest",
                _ => "Block",
            });
    }
}

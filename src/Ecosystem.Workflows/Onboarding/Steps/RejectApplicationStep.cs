using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Partners;

namespace Ecosystem.Workflows.Onboarding;

/// <summary>Inputs of <see cref="RejectApplicationStep"/>.</summary>
internal sealed record RejectApplicationInput : PartnerStepInput
{
    /// <summary>Why, in words.</summary>
    [StepInput(UIHint = "multiline", Description = "Why, in words that the applicant reads.")]
    public string? Reason { get; init; }
}

/// <summary>Turns an application down.</summary>
[WorkflowStep("Ecosystem.RejectApplication", DisplayName = "Reject application", Category = "Partners", Icon = "person_off",
    Description = "Turns an application down, with a reason that the applicant reads.")]
internal sealed class RejectApplicationStep(OnboardingService onboarding) : WorkflowStep<RejectApplicationInput, PartnerStepOutput>
{
    protected override async Task<StepResult<PartnerStepOutput>> ExecuteAsync(RejectApplicationInput input, StepContext context, CancellationToken ct)
    {
        var partner = await input.LoadAsync(context, ct);
        onboarding.Reject(context.Db, partner, string.IsNullOrWhiteSpace(input.Reason) ? "The application does not meet the programme's rules." : input.Reason, context.Actor);
        return StepResult.Done(PartnerStepOutput.Of(partner));
    }
}

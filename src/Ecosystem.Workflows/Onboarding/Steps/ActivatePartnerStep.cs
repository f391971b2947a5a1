using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Partners;

namespace Ecosystem.Workflows.Onboarding;

/// <summary>Inputs of <see cref="ActivatePartnerStep"/>.</summary>
internal sealed record ActivatePartnerInput : PartnerStepInput;

/// <summary>Makes a partner active.</summary>
[WorkflowStep("Ecosystem.ActivatePartner", DisplayName = "Activate partner", Category = "Partners", Icon = "verified",
    Description = "Makes an applicant or a paused partner active: it may register deals and earns.")]
internal sealed class ActivatePartnerStep(OnboardingService onboarding) : WorkflowStep<ActivatePartnerInput, PartnerStepOutput>
{
    protected override async Task<StepResult<PartnerStepOutput>> ExecuteAsync(ActivatePartnerInput input, StepContext context, CancellationToken ct)
    {
        var partner = await input.LoadAsync(context, ct);
        await onboarding.ActivateAsync(context.Db, partner, context.Actor, ct);
        return StepResult.Done(PartnerStepOutput.Of(partner));
    }
}

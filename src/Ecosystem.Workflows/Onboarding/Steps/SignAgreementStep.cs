using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Partners;

namespace Ecosystem.Workflows.Onboarding;

/// <summary>Inputs of <see cref="SignAgreementStep"/>.</summary>
internal sealed record SignAgreementInput : PartnerStepInput
{
    /// <summary>Who signed.</summary>
    [StepInput(DisplayName = "Signed by", Description = "The id of the person who signed.")]
    public string? SignedBy { get; init; }
}

/// <summary>Outputs of <see cref="SignAgreementStep"/>.</summary>
internal sealed record SignAgreementOutput
{
    /// <summary>The agreement that is signed.</summary>
    public required string AgreementId { get; init; }
}

/// <summary>Records that the partner signed the agreement that was sent last.</summary>
[WorkflowStep("Ecosystem.SignAgreement", DisplayName = "Record signature", Category = "Partners", Icon = "draw",
    Description = "Records that the partner signed the agreement that was sent last, and who did.")]
internal sealed class SignAgreementStep(OnboardingService onboarding) : WorkflowStep<SignAgreementInput, SignAgreementOutput>
{
    protected override async Task<StepResult<SignAgreementOutput>> ExecuteAsync(SignAgreementInput input, StepContext context, CancellationToken ct)
    {
        var partner = await input.LoadAsync(context, ct);
        var actor = input.SignedBy is { Length: > 0 } person ? Actor.OfPartner(person, person, partner.Id, ActorSource.System) : context.Actor;
        var agreement = await onboarding.SignAsync(context.Db, partner, actor, ct);
        return StepResult.Done(new SignAgreementOutput { AgreementId = agreement.Id });
    }
}

using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Partners;

namespace Ecosystem.Workflows.Onboarding;

/// <summary>Inputs of <see cref="RevokeAccessStep"/>.</summary>
internal sealed record RevokeAccessInput : PartnerStepInput
{
    /// <summary>What is taken back.</summary>
    [StepInput(Description = "What is taken back, as Provision access gave it; nothing when empty.")]
    public IReadOnlyList<string> Given { get; init; } = [];
}

/// <summary>Takes access back: the undo of <see cref="ProvisionAccessStep"/>.</summary>
[WorkflowStep("Ecosystem.RevokeAccess", DisplayName = "Revoke access", Category = "Partners", Icon = "key_off",
    Description = "Takes back the access that Provision access gave; it runs by itself when a case is called off after that step.")]
internal sealed class RevokeAccessStep(OnboardingService onboarding) : WorkflowStep<RevokeAccessInput, NoOutput>
{
    protected override async Task<StepResult<NoOutput>> ExecuteAsync(RevokeAccessInput input, StepContext context, CancellationToken ct)
    {
        await onboarding.RevokeAsync(context.Db, await input.LoadAsync(context, ct), input.Given, context.Actor, ct);
        return StepResult.Done();
    }
}

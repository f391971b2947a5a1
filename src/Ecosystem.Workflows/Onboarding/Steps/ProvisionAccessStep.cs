using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Partners;

namespace Ecosystem.Workflows.Onboarding;

/// <summary>Inputs of <see cref="ProvisionAccessStep"/>.</summary>
internal sealed record ProvisionAccessInput : PartnerStepInput
{
    /// <summary>To what.</summary>
    [StepInput(Description = "To what access is given: portal, api, demo-licence; by default portal and api.")]
    public IReadOnlyList<string>? Resources { get; init; }
}

/// <summary>Outputs of <see cref="ProvisionAccessStep"/>.</summary>
internal sealed record ProvisionAccessOutput
{
    /// <summary>What was newly given.</summary>
    public required IReadOnlyList<string> Given { get; init; }
}

/// <summary>Gives a partner access.</summary>
[WorkflowStep("Ecosystem.ProvisionAccess", DisplayName = "Provision access", Category = "Partners", Icon = "key", UndoneBy = "Ecosystem.RevokeAccess",
    Description = "Gives a partner access to the portal, the API or demo licences.")]
internal sealed class ProvisionAccessStep(OnboardingService onboarding) : WorkflowStep<ProvisionAccessInput, ProvisionAccessOutput>
{
    protected override async Task<StepResult<ProvisionAccessOutput>> ExecuteAsync(ProvisionAccessInput input, StepContext context, CancellationToken ct)
    {
        var partner = await input.LoadAsync(context, ct);
        var given = await onboarding.ProvisionAsync(context.Db, partner, input.Resources is { Count: > 0 } resources ? resources : ["portal", "api"], context.Actor, ct);
        return StepResult.Done(new ProvisionAccessOutput { Given = given });
    }
}

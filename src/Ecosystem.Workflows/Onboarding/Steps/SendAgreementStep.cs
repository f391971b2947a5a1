using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Partners;

namespace Ecosystem.Workflows.Onboarding;

/// <summary>Inputs of <see cref="SendAgreementStep"/>.</summary>
internal sealed record SendAgreementInput : PartnerStepInput
{
    /// <summary>The template.</summary>
    [StepInput(Description = "The template of the agreement; by default partner-agreement with the country's region pack.")]
    public string? Template { get; init; }

    /// <summary>The version of the template.</summary>
    [StepInput(DisplayName = "Version", Description = "The version of the template.")]
    public string TemplateVersion { get; init; } = "1";
}

/// <summary>Outputs of <see cref="SendAgreementStep"/>.</summary>
internal sealed record SendAgreementOutput
{
    /// <summary>The agreement.</summary>
    public required string AgreementId { get; init; }

    /// <summary>It was signed before.</summary>
    public required bool Signed { get; init; }
}

/// <summary>Sends the partner agreement.</summary>
[WorkflowStep("Ecosystem.SendAgreement", DisplayName = "Send agreement", Category = "Partners", Icon = "draw",
    Description = "Sends the partner agreement. Signing it raises the event agreementSigned.")]
internal sealed class SendAgreementStep(OnboardingService onboarding) : WorkflowStep<SendAgreementInput, SendAgreementOutput>
{
    protected override async Task<StepResult<SendAgreementOutput>> ExecuteAsync(SendAgreementInput input, StepContext context, CancellationToken ct)
    {
        var partner = await input.LoadAsync(context, ct);
        var template = string.IsNullOrWhiteSpace(input.Template) ? $"partner-agreement-{partner.Country.ToLowerInvariant()}" : input.Template.Trim();
        var agreement = await onboarding.SendAgreementAsync(context.Db, partner, template, input.TemplateVersion, context.Actor, ct);
        return StepResult.Done(new SendAgreementOutput { AgreementId = agreement.Id, Signed = agreement.SignedAt is not null });
    }
}

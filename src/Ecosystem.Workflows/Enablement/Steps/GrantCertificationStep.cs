using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Partners;

namespace Ecosystem.Workflows.Enablement;

/// <summary>Inputs of <see cref="GrantCertificationStep"/>.</summary>
internal sealed record GrantCertificationInput : PartnerStepInput
{
    /// <summary>The person.</summary>
    [StepInput(Description = "The id of the person; empty for a certificate of the company.")]
    public string? Holder { get; init; }

    /// <summary>What is certified.</summary>
    [StepInput(Description = "What is certified, for example programme-basics.")]
    public string Certificate { get; init; } = "programme-basics";

    /// <summary>How much it proves.</summary>
    [StepInput(UIHint = "dropdown", Options = ["foundation", "intermediate", "advanced"], Description = "How much it proves; intermediate and advanced count for the tier.")]
    public CertificationLevel Level { get; init; } = CertificationLevel.Intermediate;

    /// <summary>For how many months it is valid.</summary>
    [StepInput(DisplayName = "Valid for months", Description = "For how many months it is valid.")]
    public int ValidMonths { get; init; } = 12;
}

/// <summary>Outputs of <see cref="GrantCertificationStep"/>.</summary>
internal sealed record GrantCertificationOutput
{
    /// <summary>The certificate.</summary>
    public required string CertificateId { get; init; }

    /// <summary>The last day it is valid.</summary>
    public required DateOnly ExpiresOn { get; init; }
}

/// <summary>Grants a certificate.</summary>
[WorkflowStep("Ecosystem.GrantCertification", DisplayName = "Grant certification", Category = "Enablement", Icon = "workspace_premium",
    Description = "Grants a certificate with the day it expires, and closes the courses that led to it.")]
internal sealed class GrantCertificationStep(EnablementService enablement) : WorkflowStep<GrantCertificationInput, GrantCertificationOutput>
{
    protected override async Task<StepResult<GrantCertificationOutput>> ExecuteAsync(GrantCertificationInput input, StepContext context, CancellationToken ct)
    {
        if (input.ValidMonths is < 1 or > 120)
        {
            throw new StepInputException($"The input 'validMonths' is {input.ValidMonths}; it must be 1 to 120.");
        }

        var partner = await input.LoadAsync(context, ct);
        var certificate = await enablement.GrantAsync(context.Db, partner.Id, input.Holder, input.Certificate, input.Level, input.ValidMonths, context.Actor, ct);
        return StepResult.Done(new GrantCertificationOutput { CertificateId = certificate.Id, ExpiresOn = certificate.ExpiresOn });
    }
}

using Ecosystem.Workflows.Definitions;

namespace Ecosystem.Workflows.Deals;

/// <summary>Inputs of <see cref="ExtendProtectionStep"/>.</summary>
internal sealed record ExtendProtectionInput
{
    /// <summary>The deal; by default the one the case is about.</summary>
    [StepInput(Description = "The deal; by default the one the case is about.")]
    public DealId? DealId { get; init; }

    /// <summary>Whether it is granted.</summary>
    [StepInput(UIHint = "checkbox", Description = "Whether the longer protection is granted; otherwise it is denied.")]
    public bool Granted { get; init; } = true;

    /// <summary>Days to add.</summary>
    [StepInput(Description = "Days to add; empty for what was asked for, else the programme's usual number (45).")]
    public int? Days { get; init; }

    /// <summary>Why, in words.</summary>
    [StepInput(UIHint = "multiline", Description = "Why, in words.")]
    public string? Reason { get; init; }
}

/// <summary>Outputs of <see cref="ExtendProtectionStep"/>.</summary>
internal sealed record ExtendProtectionOutput : DealStepOutput
{
    /// <summary>When the protection ends now.</summary>
    public DateTimeOffset? ProtectedUntil { get; init; }

    /// <summary>How often it was extended.</summary>
    public int Extensions { get; init; }
}

/// <summary>Answers the wish for a longer protection.</summary>
[WorkflowStep("Ecosystem.ExtendProtection", DisplayName = "Extend protection", Category = "Deals", Icon = "more_time", Outcomes = ["Extended", "Denied", "NotPossible"],
    Description = "Grants or denies the longer protection that the partner asked for.")]
internal sealed class ExtendProtectionStep(DealService deals) : DealStep<ExtendProtectionInput, ExtendProtectionOutput>
{
    protected override async Task<StepResult<ExtendProtectionOutput>> ExecuteAsync(ExtendProtectionInput input, StepContext context, CancellationToken ct)
    {
        var deal = await DealAsync(context, input.DealId, ct);
        var command = input.Granted
            ? new DealCommand(DealAction.GrantExtension, context.Now, input.Reason) { Days = input.Days ?? deal.ExtensionDays }
            : new DealCommand(DealAction.DenyExtension, context.Now, input.Reason ?? "Denied.");
        var refusal = (await deals.ApplyAsync(context.Db, deal, command, context.Actor, cancellationToken: ct)).Refusal;
        return StepResult.Done(
            new ExtendProtectionOutput { State = deal.State, Reason = refusal?.Message ?? deal.StateReason, ProtectedUntil = deal.ProtectedUntil, Extensions = deal.Extensions },
            refusal is not null ? NotPossible : input.Granted ? "Extended" : "Denied");
    }
}

using Ecosystem.Workflows.Definitions;

namespace Ecosystem.Workflows.Deals;

/// <summary>Inputs of <see cref="ProtectDealStep"/>.</summary>
internal sealed record ProtectDealInput
{
    /// <summary>The deal; by default the one the case is about.</summary>
    [StepInput(Description = "The deal; by default the one the case is about.")]
    public DealId? DealId { get; init; }

    /// <summary>Days of protection.</summary>
    [StepInput(DisplayName = "Days", Description = "Days of protection from now; empty for the programme's usual number (90).")]
    public int? Days { get; init; }

    /// <summary>Why, in words.</summary>
    [StepInput(UIHint = "multiline", Description = "Why, in words; optional.")]
    public string? Reason { get; init; }

    /// <summary>The decision it rests on.</summary>
    [StepInput(Description = "The decision it rests on, when there is one.")]
    public DecisionId? DecisionId { get; init; }
}

/// <summary>Outputs of <see cref="ProtectDealStep"/>.</summary>
internal sealed record ProtectDealOutput : DealStepOutput
{
    /// <summary>When the protection began.</summary>
    public DateTimeOffset? ProtectedFrom { get; init; }

    /// <summary>When it ends.</summary>
    public DateTimeOffset? ProtectedUntil { get; init; }

    /// <summary>When the partner is to be warned that the end is near, earliest first.</summary>
    public IReadOnlyList<DateTimeOffset> Warnings { get; init; } = [];
}

/// <summary>Approves a registration: the protection begins.</summary>
[WorkflowStep("Ecosystem.ProtectDeal", DisplayName = "Protect deal", Category = "Deals", Icon = "shield", Outcomes = ["Protected", "NotPossible"],
    Description = "Approves a deal registration and starts its protection window.")]
internal sealed class ProtectDealStep(DealService deals, ProtectionPolicy policy) : DealStep<ProtectDealInput, ProtectDealOutput>
{
    protected override async Task<StepResult<ProtectDealOutput>> ExecuteAsync(ProtectDealInput input, StepContext context, CancellationToken ct)
    {
        var deal = await DealAsync(context, input.DealId, ct);
        var refusal = deal.State == DealState.Protected
            ? null
            : (await deals.ApplyAsync(context.Db, deal, new DealCommand(DealAction.Protect, context.Now, input.Reason) { Days = input.Days }, context.Actor, input.DecisionId, ct)).Refusal;
        return StepResult.Done(
            new ProtectDealOutput
            {
                State = deal.State,
                Reason = refusal?.Message ?? deal.StateReason,
                ProtectedFrom = deal.ProtectedFrom,
                ProtectedUntil = deal.ProtectedUntil,
                Warnings = refusal is null ? policy.Warnings(deal.ProtectedFrom!.Value, deal.ProtectedUntil!.Value) : [],
            },
            refusal is null ? "Protected" : NotPossible);
    }
}

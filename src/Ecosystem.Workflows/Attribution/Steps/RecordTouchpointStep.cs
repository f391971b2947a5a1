using Ecosystem.Workflows.Deals;
using Ecosystem.Workflows.Definitions;

namespace Ecosystem.Workflows.Attribution;

/// <summary>Inputs of <see cref="RecordTouchpointStep"/>.</summary>
internal sealed record RecordTouchpointInput
{
    /// <summary>The deal; by default the one the case is about.</summary>
    [StepInput(Description = "The deal; by default the one the case is about.")]
    public DealId? DealId { get; init; }

    /// <summary>The partner; by default the deal's.</summary>
    [StepInput(Description = "The partner that did it; by default the one that registered the deal.")]
    public PartnerId? PartnerId { get; init; }

    /// <summary>What the partner did.</summary>
    [StepInput(UIHint = "dropdown", Options = ["sourced", "qualified", "technical", "resell", "implementation", "referral", "influence"], Description = "What the partner did.")]
    public TouchRole Role { get; init; }

    /// <summary>When.</summary>
    [StepInput(Description = "When it happened; by default today.")]
    public DateOnly? OccurredOn { get; init; }

    /// <summary>How well it is proven.</summary>
    [StepInput(Description = "How well it is proven, 0 to 1; by default 1.")]
    public decimal? Confidence { get; init; }

    /// <summary>The evidence.</summary>
    [StepInput(UIHint = "multiline", Description = "The evidence, in words.")]
    public string? Evidence { get; init; }
}

/// <summary>Outputs of <see cref="RecordTouchpointStep"/>.</summary>
internal sealed record RecordTouchpointOutput
{
    /// <summary>The touchpoint; null when it was refused.</summary>
    public TouchpointId? TouchpointId { get; init; }

    /// <summary>Why it was refused.</summary>
    public string? Reason { get; init; }
}

/// <summary>Records what a partner did for a deal.</summary>
[WorkflowStep("Ecosystem.RecordTouchpoint", DisplayName = "Record touchpoint", Category = "Deals", Icon = "touch_app", Outcomes = ["Done", "Refused"],
    Description = "Records something a partner did for a deal, with its evidence; it counts when the deal is split.")]
internal sealed class RecordTouchpointStep(TouchpointService touchpoints) : DealStep<RecordTouchpointInput, RecordTouchpointOutput>
{
    protected override async Task<StepResult<RecordTouchpointOutput>> ExecuteAsync(RecordTouchpointInput input, StepContext context, CancellationToken ct)
    {
        var deal = await DealAsync(context, input.DealId, ct);
        var touch = new TouchpointRegistration
        {
            PartnerId = input.PartnerId ?? deal.PartnerId,
            Role = input.Role,
            OccurredOn = input.OccurredOn ?? DateOnly.FromDateTime(context.Now.UtcDateTime),
            Confidence = input.Confidence ?? 1m,
            Evidence = input.Evidence,
        };
        var result = await touchpoints.RecordAsync(context.Db, deal.Id, touch, context.Actor, ct);
        return result.TryGet(out var id)
            ? StepResult.Done(new RecordTouchpointOutput { TouchpointId = id })
            : StepResult.Done(new RecordTouchpointOutput { Reason = result.Refusal!.Message }, "Refused");
    }
}

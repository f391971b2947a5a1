using Ecosystem.Workflows.Definitions;

namespace Ecosystem.Workflows.Deals;

/// <summary>Inputs of <see cref="RejectDealStep"/>.</summary>
internal sealed record RejectDealInput
{
    /// <summary>The deal; by default the one the case is about.</summary>
    [StepInput(Description = "The deal; by default the one the case is about.")]
    public DealId? DealId { get; init; }

    /// <summary>Why, in words.</summary>
    [StepInput(UIHint = "multiline", Description = "Why, in words that the partner reads.")]
    public string? Reason { get; init; }

    /// <summary>The stable code of the reason.</summary>
    [StepInput(DisplayName = "Reason code", Description = "The stable code of the reason, for example registered-by-other.")]
    public string? Code { get; init; }

    /// <summary>Whether it may be submitted again.</summary>
    [StepInput(UIHint = "checkbox", Description = "Whether the partner may submit the deal again.")]
    public bool Resubmittable { get; init; }

    /// <summary>The decision it rests on.</summary>
    [StepInput(Description = "The decision it rests on, when there is one.")]
    public DecisionId? DecisionId { get; init; }
}

/// <summary>Outputs of <see cref="RejectDealStep"/>.</summary>
internal sealed record RejectDealOutput : DealStepOutput;

/// <summary>Turns a registration down.</summary>
[WorkflowStep("Ecosystem.RejectDeal", DisplayName = "Reject deal", Category = "Deals", Icon = "block", Outcomes = ["Rejected", "NotPossible"],
    Description = "Turns a deal registration down, with a reason that the partner reads.")]
internal sealed class RejectDealStep(DealService deals) : DealStep<RejectDealInput, RejectDealOutput>
{
    protected override async Task<StepResult<RejectDealOutput>> ExecuteAsync(RejectDealInput input, StepContext context, CancellationToken ct)
    {
        var deal = await DealAsync(context, input.DealId, ct);
        if (deal.State == DealState.Rejected)
        {
            return StepResult.Done(new RejectDealOutput { State = deal.State, Reason = deal.StateReason }, "Rejected");
        }

        var reason = string.IsNullOrWhiteSpace(input.Reason) ? "The registration does not meet the programme's rules." : input.Reason;
        var command = new DealCommand(DealAction.Reject, context.Now, reason) { Resubmittable = input.Resubmittable, ReasonCode = input.Code };
        var refusal = (await deals.ApplyAsync(context.Db, deal, command, context.Actor, input.DecisionId, ct)).Refusal;
        return StepResult.Done(new RejectDealOutput { State = deal.State, Reason = refusal?.Message ?? deal.StateReason }, refusal is null ? "Rejected" : NotPossible);
    }
}

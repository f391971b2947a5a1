using Ecosystem.Workflows.Definitions;

namespace Ecosystem.Workflows.Deals;

/// <summary>Inputs of <see cref="ExpireDealStep"/>.</summary>
internal sealed record ExpireDealInput
{
    /// <summary>The deal; by default the one the case is about.</summary>
    [StepInput(Description = "The deal; by default the one the case is about.")]
    public DealId? DealId { get; init; }
}

/// <summary>Outputs of <see cref="ExpireDealStep"/>.</summary>
internal sealed record ExpireDealOutput : DealStepOutput
{
    /// <summary>When the protection ends or ended; later than now when it was extended meanwhile.</summary>
    public DateTimeOffset? ProtectedUntil { get; init; }
}

/// <summary>Ends a protection that ran out.</summary>
[WorkflowStep("Ecosystem.ExpireDeal", DisplayName = "Expire deal", Category = "Deals", Icon = "hourglass_disabled", Outcomes = ["Expired", "StillProtected", "NotPossible"],
    Description = "Expires a deal whose protection has run out; tells when it was extended meanwhile.")]
internal sealed class ExpireDealStep(DealService deals) : DealStep<ExpireDealInput, ExpireDealOutput>
{
    protected override async Task<StepResult<ExpireDealOutput>> ExecuteAsync(ExpireDealInput input, StepContext context, CancellationToken ct)
    {
        var deal = await DealAsync(context, input.DealId, ct);
        if (deal.State == DealState.Expired)
        {
            return End(deal, deal.StateReason, "Expired");
        }

        if (deal.State == DealState.Protected && context.Now < deal.ProtectedUntil)
        {
            return End(deal, deal.StateReason, "StillProtected");
        }

        var refusal = (await deals.ApplyAsync(context.Db, deal, new DealCommand(DealAction.Expire, context.Now), context.Actor, cancellationToken: ct)).Refusal;
        return End(deal, refusal?.Message ?? deal.StateReason, refusal is null ? "Expired" : NotPossible);
    }

    private static StepResult<ExpireDealOutput> End(Deal deal, string reason, string outcome) =>
        StepResult.Done(new ExpireDealOutput { State = deal.State, Reason = reason, ProtectedUntil = deal.ProtectedUntil }, outcome);
}

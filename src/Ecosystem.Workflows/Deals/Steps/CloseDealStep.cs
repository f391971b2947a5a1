using Ecosystem.Workflows.Attribution;
using Ecosystem.Workflows.Definitions;

namespace Ecosystem.Workflows.Deals;

/// <summary>Inputs of <see cref="CloseDealStep"/>.</summary>
internal sealed record CloseDealInput
{
    /// <summary>The deal; by default the one the case is about.</summary>
    [StepInput(Description = "The deal; by default the one the case is about.")]
    public DealId? DealId { get; init; }

    /// <summary>Won or lost; by default as it was closed already.</summary>
    [StepInput(UIHint = "dropdown", Options = ["won", "lost"], Description = "Won or lost; empty when the deal was closed by a command before.")]
    public DealResult? Result { get; init; }

    /// <summary>What it was won for.</summary>
    [StepInput(Description = "What it was won for, in the currency of the registration.")]
    public decimal? Amount { get; init; }

    /// <summary>The day.</summary>
    [StepInput(DisplayName = "Closed on", Description = "The day on which the customer decided; by default today.")]
    public DateOnly? ClosedOn { get; init; }
}

/// <summary>A credit in the output of <see cref="CloseDealStep"/>.</summary>
internal sealed record CreditOutput(PartnerId PartnerId, CreditRole Role, decimal Share, decimal Amount, string Currency);

/// <summary>Outputs of <see cref="CloseDealStep"/>.</summary>
internal sealed record CloseDealOutput : DealStepOutput
{
    /// <summary>The day.</summary>
    public DateOnly? ClosedOn { get; init; }

    /// <summary>What it was won for.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Its currency.</summary>
    public required string Currency { get; init; }

    /// <summary>Who is credited with what; they sum to the amount exactly.</summary>
    public IReadOnlyList<CreditOutput> Credits { get; init; } = [];

    /// <summary>The decision that split the deal.</summary>
    public DecisionId? DecisionId { get; init; }
}

/// <summary>Closes a deal and, when it was won, credits the partners by the ruleset attribution-split.</summary>
[WorkflowStep("Ecosystem.CloseDeal", DisplayName = "Close deal", Category = "Deals", Icon = "sell", Outcomes = ["Won", "Lost", "NotPossible"],
    Description = "Closes a deal as won or lost. A won deal is credited to its partners by the ruleset attribution-split.")]
internal sealed class CloseDealStep(DealService deals, AttributionService attribution) : DealStep<CloseDealInput, CloseDealOutput>
{
    protected override async Task<StepResult<CloseDealOutput>> ExecuteAsync(CloseDealInput input, StepContext context, CancellationToken ct)
    {
        var deal = await DealAsync(context, input.DealId, ct);
        if (deal.State is not (DealState.Won or DealState.Lost))
        {
            if (input.Result is not { } result)
            {
                throw new StepInputException("The input 'result' is missing; it must be won or lost, as the deal was not closed before.");
            }

            var close = new DealClose(
                result,
                input.ClosedOn ?? DateOnly.FromDateTime(context.Now.UtcDateTime),
                input.Amount is { } amount && result == DealResult.Won ? new Money(amount, deal.Amount.Currency) : null);
            var closed = await deals.CloseAsync(context.Db, deal, close, context.Actor, ct);
            if (!closed.IsSuccess)
            {
                return StepResult.Done(new CloseDealOutput { State = deal.State, Reason = closed.Refusal!.Message, Currency = deal.Amount.Currency.Code }, NotPossible);
            }
        }

        var credits = deal.State == DealState.Won ? await attribution.CreditAsync(context.Db, deal, context.Actor, ct) : [];
        return StepResult.Done(
            new CloseDealOutput
            {
                State = deal.State,
                Reason = deal.StateReason,
                ClosedOn = deal.ClosedOn,
                Amount = deal.WonAmount,
                Currency = deal.Amount.Currency.Code,
                Credits = [.. credits.Select(credit => new CreditOutput(credit.PartnerId, credit.Role, credit.Share, credit.Amount.Amount, credit.Amount.Currency.Code))],
                DecisionId = credits.Count > 0 ? credits[0].DecisionId : null,
            },
            deal.State == DealState.Won ? "Won" : "Lost");
    }
}

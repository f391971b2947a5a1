using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Partners;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Deals;

/// <summary>Inputs of <see cref="RegisterDealStep"/>.</summary>
internal sealed record RegisterDealInput
{
    /// <summary>The deal; by default the one the case is about.</summary>
    [StepInput(Description = "The deal; by default the one the case is about.")]
    public DealId? DealId { get; init; }

    /// <summary>What happens to it.</summary>
    [StepInput(DisplayName = "What happens", UIHint = "dropdown", Options = ["check", "review", "requestInfo", "infoSupplied", "pendingApproval", "withdraw"],
        Description = "check: the automatic checks begin; review: a person looks at it; requestInfo: the partner is asked; infoSupplied: the partner answered; pendingApproval: the last approval is due; withdraw: it is taken back.")]
    public string Action { get; init; } = "check";

    /// <summary>Why, in words.</summary>
    [StepInput(UIHint = "multiline", Description = "Why, in words. Needed for requestInfo and withdraw.")]
    public string? Reason { get; init; }

    /// <summary>The decision it rests on.</summary>
    [StepInput(Description = "The decision it rests on, when there is one.")]
    public DecisionId? DecisionId { get; init; }
}

/// <summary>Outputs of <see cref="RegisterDealStep"/>.</summary>
internal sealed record RegisterDealOutput : DealStepOutput
{
    /// <summary>The partner.</summary>
    public required PartnerId PartnerId { get; init; }

    /// <summary>The estimated value.</summary>
    public required decimal Amount { get; init; }

    /// <summary>Its currency.</summary>
    public required string Currency { get; init; }

    /// <summary>The inputs of the ruleset deal-approval-routing, but for the conflict level.</summary>
    public required IReadOnlyDictionary<string, object?> RoutingInputs { get; init; }
}

/// <summary>Moves a registration through its checks, and gathers what the routing rules need to know.</summary>
[WorkflowStep("Ecosystem.RegisterDeal", DisplayName = "Register deal", Category = "Deals", Icon = "assignment", Outcomes = ["Done", "NotPossible"],
    Description = "Moves a deal registration through checking, review and questions, and gives the inputs of the routing rules.")]
internal sealed class RegisterDealStep(DealService deals) : DealStep<RegisterDealInput, RegisterDealOutput>
{
    protected override async Task<StepResult<RegisterDealOutput>> ExecuteAsync(RegisterDealInput input, StepContext context, CancellationToken ct)
    {
        var deal = await DealAsync(context, input.DealId, ct);
        var (action, target) = input.Action switch
        {
            "check" => (DealAction.StartChecks, DealState.Checking),
            "review" => (DealAction.SendToReview, DealState.UnderReview),
            "requestInfo" => (DealAction.RequestInfo, DealState.InfoRequested),
            "infoSupplied" => (DealAction.SupplyInfo, DealState.UnderReview),
            "pendingApproval" => (DealAction.PassOn, DealState.PendingApproval),
            "withdraw" => (DealAction.Withdraw, DealState.Withdrawn),
            _ => throw new StepInputException($"The input 'action' is '{input.Action}'; it must be check, review, requestInfo, infoSupplied, pendingApproval or withdraw."),
        };
        var reason = deal.StateReason;
        var outcome = "Done";
        if (deal.State != target)
        {
            var command = new DealCommand(action, context.Now, input.Reason ?? Standard(action));
            var result = await deals.ApplyAsync(context.Db, deal, command, context.Actor, input.DecisionId, ct);
            (reason, outcome) = result.IsSuccess ? (deal.StateReason, "Done") : (result.Refusal!.Message, NotPossible);
        }

        var today = DateOnly.FromDateTime(context.Now.UtcDateTime);
        var partner = await context.Db.Set<Partner>().AsNoTracking().FirstAsync(row => row.Id == deal.PartnerId, ct);
        return StepResult.Done(
            new RegisterDealOutput
            {
                State = deal.State,
                Reason = reason,
                PartnerId = deal.PartnerId,
                Amount = deal.Amount.Amount,
                Currency = deal.Amount.Currency.Code,
                RoutingInputs = RoutingInputs(deal, partner, await AccountClaim.OnAsync(context.Db, deal, today, ct), today),
            },
            outcome);
    }

    private static string? Standard(DealAction action) => action switch
    {
        DealAction.RequestInfo => "The form is not complete.",
        DealAction.Withdraw => "It was taken back.",
        _ => null,
    };

    // What the vendor's own team holds of the customer speaks against a registration.
    private static Dictionary<string, object?> RoutingInputs(Deal deal, Partner partner, IReadOnlyList<AccountClaim> claims, DateOnly today)
    {
        var direct = claims.Where(claim => claim.PartnerId is null).ToList();
        return new(StringComparer.Ordinal)
        {
            ["amount"] = deal.Amount.Amount,
            ["partnerTier"] = partner.Tier.ToString().ToLowerInvariant(),
            ["partnerStatus"] = partner.Status switch
            {
                PartnerStatus.Active => "active",
                PartnerStatus.Paused => "paused",
                PartnerStatus.Applicant => "applicant",
                _ => "offboarded",
            },
            ["formComplete"] = deal.CustomerName.Length > 0 && deal.ProductsJson != "[]",
            ["activeCustomer"] = direct.Exists(claim => claim.Kind is AccountClaimKind.Named or AccountClaimKind.Contract),
            ["discussionUnderWay"] = direct.Exists(claim => claim.Kind == AccountClaimKind.Opportunity),
            ["monthsSinceVendorContact"] = direct.Max(claim => claim.LastContactOn) is { } contact ? MonthsBetween(contact, today) : null,
            ["registeredByOther"] = false,
            ["publicTender"] = deal.PublicTender ? "registered-before" : "none",
            ["goodStanding"] = partner.GoodStanding,
        };
    }

    /// <summary>Full months from one day to another, at least zero.</summary>
    private static int MonthsBetween(DateOnly from, DateOnly to) =>
        Math.Max(0, ((to.Year - from.Year) * 12) + to.Month - from.Month - (to.Day < from.Day ? 1 : 0));
}

using Ecosystem.Workflows.Attribution;
using Ecosystem.Workflows.Deals;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Partners;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Incentives.Steps;

/// <summary>Inputs of <see cref="AccrueIncentiveStep"/>.</summary>
internal sealed record AccrueIncentiveInput
{
    [StepInput(Description = "The won deal; by default the deal the case is about.")]
    public string? DealId { get; init; }
}

/// <summary>Outputs of <see cref="AccrueIncentiveStep"/>.</summary>
/// <param name="Lines">The incentive lines.</param>
/// <param name="Credited">What was credited, all partners together.</param>
/// <param name="Earned">What they earned.</param>
/// <param name="Currency">The currency of both.</param>
/// <param name="Decisions">The decisions that computed the lines.</param>
internal sealed record AccrueIncentiveOutput(IReadOnlyList<string> Lines, decimal Credited, decimal Earned, string Currency, IReadOnlyList<string> Decisions);

/// <summary>Credits a won deal to its partners and posts what each of them earns.</summary>
[WorkflowStep(
    "Ecosystem.AccrueIncentive",
    DisplayName = "Accrue incentives",
    Category = "Incentives",
    Icon = "payments",
    Description = "Divides the won amount among the partners by ruling or attribution, asks the incentive plan for each, and posts the lines to the ledger.",
    Outcomes = ["Done", "NotWon"])]
internal sealed class AccrueIncentiveStep(AttributionService attribution, IncentiveService incentives) : WorkflowStep<AccrueIncentiveInput, AccrueIncentiveOutput>
{
    protected override async Task<StepResult<AccrueIncentiveOutput>> ExecuteAsync(AccrueIncentiveInput input, StepContext context, CancellationToken ct)
    {
        var id = new DealId(input.DealId ?? context.Subject.Id);
        var deal = await context.Db.FindAsync<Deal>([id], ct) ?? throw new StepInputException($"There is no deal '{id}'.");
        if (deal is not { State: DealState.Won, ClosedOn: { } closedOn, WonAmount: { } won })
        {
            return StepResult.Done(new AccrueIncentiveOutput([], 0m, 0m, deal.Amount.Currency.Code, []), "NotWon");
        }

        var credits = await CreditsAsync(context, deal, ct);
        var accrual = new Accrual(id, "won", closedOn, new Money(won, deal.Amount.Currency), deal.ProductSeries ?? "", credits);
        var lines = await incentives.AccrueAsync(context.Db, accrual, context.Actor, ct);
        return StepResult.Done(new AccrueIncentiveOutput(
            [.. lines.Select(line => line.Id.Value)],
            lines.Sum(line => line.Base.Amount),
            lines.Sum(line => line.Amount.Amount),
            deal.Amount.Currency.Code,
            [.. lines.Select(line => line.DecisionId!.Value.Value)]));
    }

    private async Task<List<PartnerCredit>> CreditsAsync(StepContext context, Deal deal, CancellationToken ct)
    {
        var credits = new List<PartnerCredit>();
        foreach (var credit in await attribution.CreditAsync(context.Db, deal, context.Actor, ct))
        {
            var partner = await context.Db.FindAsync<Partner>([credit.PartnerId], ct) ?? throw new InvalidOperationException($"There is no partner '{credit.PartnerId}'.");
            credits.Add(new PartnerCredit(partner.Id, credit.Share, Word(credit.Role), Word(partner.Tier), partner.TaxFormOnFile) { Amount = credit.Amount });
        }

        return credits;
    }

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}

using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Incentives.Payouts;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Incentives.Steps;

/// <summary>Inputs of <see cref="ScreenPayeesStep"/>.</summary>
internal sealed record ScreenPayeesInput
{
    [StepInput(Description = "The currency that is to be paid, for example EUR.")]
    public string? Currency { get; init; }
}

/// <summary>Outputs of <see cref="ScreenPayeesStep"/>.</summary>
/// <param name="Hits">Payees that resemble an entry of the list: partnerId, name, entry, score, reason.</param>
/// <param name="ListVersion">The version of the list; empty when there is none.</param>
internal sealed record ScreenPayeesOutput(IReadOnlyList<PayeeHit> Hits, string ListVersion);

/// <summary>Screens those who are to be paid.</summary>
[WorkflowStep(
    "Ecosystem.ScreenPayees",
    DisplayName = "Screen payees",
    Category = "Incentives",
    Icon = "policy",
    Description = "Screens everybody with open earnings in a currency against the sanctions list as it is now. Whoever resembles an entry is not paid until somebody has compared them.",
    Outcomes = ["Clear", "Hits"])]
internal sealed class ScreenPayeesStep(PayeeScreenings screenings) : WorkflowStep<ScreenPayeesInput, ScreenPayeesOutput>
{
    protected override async Task<StepResult<ScreenPayeesOutput>> ExecuteAsync(ScreenPayeesInput input, StepContext context, CancellationToken ct)
    {
        if (!Currency.IsValid(input.Currency))
        {
            // The run itself says what is wrong with what was asked for.
            return StepResult.Done(new ScreenPayeesOutput([], ""), "Clear");
        }

        var currency = new Currency(input.Currency!);
        var owed = context.Db.Set<IncentiveLine>().Where(line => line.Amount.Currency == currency && (line.Status == LineStatus.Approvable || line.Status == LineStatus.OnHold)).Select(line => line.PartnerId);
        var payees = await context.Db.Set<PayeeProfile>().AsNoTracking().Where(payee => payee.Currency == currency && owed.Contains(payee.PartnerId)).ToListAsync(ct);
        var screening = await screenings.ScreenAsync(context.Db, payees, context.Actor, ct);
        return StepResult.Done(new ScreenPayeesOutput(screening.Hits, screening.ListVersion), screening.Hits.Count == 0 ? "Clear" : "Hits");
    }
}

using System.Text.Json.Nodes;
using Ecosystem.Workflows.Decisions;
using Ecosystem.Workflows.Definitions;

namespace Ecosystem.Workflows.Incentives.Steps;

/// <summary>Inputs of <see cref="GrantFundStep"/>.</summary>
internal sealed record GrantFundInput
{
    [StepInput(DisplayName = "Decision", Description = "The decision of a ruleset that grants it; its outputs 'amount' and 'currency' say how much.")]
    public DecisionId? DecisionId { get; init; }

    [StepInput(UIHint = "multiline", Description = "What it is for, in words that the partner reads.")]
    public string? Reason { get; init; }
}

/// <summary>Outputs of <see cref="GrantFundStep"/>.</summary>
/// <param name="Line">The incentive line; empty when nothing was granted.</param>
/// <param name="Amount">How much.</param>
/// <param name="Currency">In which currency.</param>
internal sealed record GrantFundOutput(string Line, decimal Amount, string Currency);

/// <summary>Posts a small marketing grant to the ledger. How much is what a ruleset decided, never what the definition says.</summary>
[WorkflowStep(
    "Ecosystem.GrantFund",
    DisplayName = "Grant fund",
    Category = "Incentives",
    Icon = "redeem",
    Description = "Posts a marketing grant to the partner's ledger as a ruleset decided it; the next payout run pays it.")]
internal sealed class GrantFundStep(IncentiveService incentives) : WorkflowStep<GrantFundInput, GrantFundOutput>
{
    private const string Event = "micro-grant";

    protected override async Task<StepResult<GrantFundOutput>> ExecuteAsync(GrantFundInput input, StepContext context, CancellationToken ct)
    {
        if (context.Partner is not { } partner)
        {
            throw new StepInputException("The case belongs to no partner, so there is nobody to grant anything to.");
        }

        if (input.DecisionId is not { } id || await context.Db.FindAsync<DecisionRecord>([id], ct) is not { } decision)
        {
            throw new StepInputException($"The input 'decisionId' is '{input.DecisionId}'; it must name the decision of a ruleset that grants the fund.");
        }

        if (decision.PartnerId != partner)
        {
            throw new StepInputException($"The decision '{id}' is about another partner.");
        }

        var outputs = (JsonObject)JsonNode.Parse(decision.OutputsJson)!;
        var currency = outputs.Text("currency");
        if (outputs.Number("amount") is not { } amount || !Currency.IsValid(currency))
        {
            throw new StepInputException($"The decision '{id}' of '{decision.Ruleset}' has no outputs 'amount' and 'currency'.");
        }

        if (amount <= 0)
        {
            return StepResult.Done(new GrantFundOutput("", 0m, currency!));
        }

        var money = new Money(amount, new Currency(currency!)).Rounded();
        var reason = string.IsNullOrWhiteSpace(input.Reason) ? "Marketing grant" : input.Reason;
        var line = await incentives.GrantAsync(context.Db, partner, Event, money, reason, decision, context.Actor, ct);
        return StepResult.Done(new GrantFundOutput(line.Id.Value, line.Amount.Amount, line.Amount.Currency.Code));
    }
}

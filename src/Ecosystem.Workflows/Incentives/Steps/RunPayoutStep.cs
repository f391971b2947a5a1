using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Incentives.Payouts;

namespace Ecosystem.Workflows.Incentives.Steps;

/// <summary>Inputs of <see cref="RunPayoutStep"/>.</summary>
internal sealed record RunPayoutInput
{
    [StepInput(Description = "A run that was asked for already; empty to ask for one.")]
    public string? RunId { get; init; }

    [StepInput(Description = "The month up to whose end lines are paid, as yyyy-MM.")]
    public string? Period { get; init; }

    [StepInput(Description = "The currency, for example EUR.")]
    public string? Currency { get; init; }
}

/// <summary>Outputs of <see cref="RunPayoutStep"/>.</summary>
/// <param name="RunId">The run; empty when it was refused.</param>
/// <param name="Reason">Why it was refused; empty when it was not.</param>
internal sealed record RunPayoutOutput(string RunId, string Reason);

/// <summary>Starts the workflow of a payout run. The run raises the event <c>payout.ended</c> for the case when it is settled, cancelled or empty.</summary>
[WorkflowStep(
    "Ecosystem.RunPayout",
    DisplayName = "Run payout",
    Category = "Incentives",
    Icon = "account_balance",
    Description = "Starts a payout run: calculate, approve, release, write files, settle. Wait for the event payout.ended to go on when it has ended.",
    Outcomes = ["Done", "Refused"])]
internal sealed class RunPayoutStep(PayoutRunService runs) : WorkflowStep<RunPayoutInput, RunPayoutOutput>
{
    protected override async Task<StepResult<RunPayoutOutput>> ExecuteAsync(RunPayoutInput input, StepContext context, CancellationToken ct)
    {
        if (!string.IsNullOrWhiteSpace(input.RunId))
        {
            await runs.StartAsync(context.Db, new PayoutRunId(input.RunId), ct);
            return StepResult.Done(new RunPayoutOutput(input.RunId, ""));
        }

        if (!Currency.IsValid(input.Currency))
        {
            throw new StepInputException($"'{input.Currency}' is not a currency: it must be an ISO 4217 code of three capital letters, for example EUR.");
        }

        var asked = await runs.AskAsync(context.Db, input.Period ?? "", new Currency(input.Currency!), context.Actor, context.CaseId, ct);
        if (!asked.TryGet(out var run))
        {
            return StepResult.Done(new RunPayoutOutput("", asked.Refusal!.Message), "Refused");
        }

        await runs.StartAsync(context.Db, run.Id, ct);
        return StepResult.Done(new RunPayoutOutput(run.Id.Value, ""));
    }
}

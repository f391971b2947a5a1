using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Incentives.Files;
using Ecosystem.Workflows.Incentives.Payouts;
using Ecosystem.Workflows.Partners;
using Ecosystem.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Incentives.Steps;

/// <summary>What a partner's tax and bank form holds.</summary>
internal sealed record PayeeForm
{
    public string? Name { get; init; }

    public string? TaxForm { get; init; }

    public string? Iban { get; init; }

    public string? Bic { get; init; }

    public string? RoutingNumber { get; init; }

    public string? AccountNumber { get; init; }

    public string? Street { get; init; }

    public string? PostCode { get; init; }

    public string? Town { get; init; }

    public string? Country { get; init; }

    public PayeeDetails ToDetails()
    {
        var iban = string.IsNullOrWhiteSpace(Iban) ? null : Iban;
        var account = iban is not null
            ? BankAccount.OfIban(iban, string.IsNullOrWhiteSpace(Bic) ? null : Bic.Trim().ToUpperInvariant())
            : BankAccount.OfUnitedStates(RoutingNumber?.Trim() ?? "", AccountNumber?.Trim() ?? "");
        var address = new PostalAddress(Town?.Trim() ?? "", Country?.Trim().ToUpperInvariant() ?? "") { Street = Trimmed(Street), PostCode = Trimmed(PostCode) };
        return new PayeeDetails(new PaymentParty(Name?.Trim() ?? "", address, account), iban is null ? Currency.Usd : Currency.Eur) { TaxFormOnFile = !string.IsNullOrWhiteSpace(TaxForm) };
    }

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>Inputs of <see cref="RecordPayeeStep"/>.</summary>
internal sealed record RecordPayeeInput
{
    [StepInput(Description = "What the partner's tax and bank form gave.")]
    public PayeeForm? Data { get; init; }

    [StepInput(Description = "Type of the task in which the details were entered.")]
    public string EnteredIn { get; init; } = "tax-and-bank";

    [StepInput(Description = "Type of the task in which they were verified.")]
    public string VerifiedIn { get; init; } = "payee-verification";
}

/// <summary>Outputs of <see cref="RecordPayeeStep"/>.</summary>
/// <param name="Currency">The currency the account takes; empty when the details were not taken.</param>
/// <param name="Account">The account, all but its last characters covered.</param>
/// <param name="Reason">Why the details were not taken; empty when they were.</param>
internal sealed record RecordPayeeOutput(string Currency, string Account, string Reason);

/// <summary>
/// Puts a partner's bank details on file as verified. Who entered and who verified them is read from the case's own tasks, so that the
/// same person cannot have done both, nor release payments to the account later.
/// </summary>
[WorkflowStep(
    "Ecosystem.RecordPayee",
    DisplayName = "Record payee",
    Category = "Incentives",
    Icon = "account_balance_wallet",
    Description = "Puts tax and bank details that one person entered and another verified on file for payouts.",
    Outcomes = ["Done", "Invalid"])]
internal sealed class RecordPayeeStep(PayeeService payees) : WorkflowStep<RecordPayeeInput, RecordPayeeOutput>
{
    protected override async Task<StepResult<RecordPayeeOutput>> ExecuteAsync(RecordPayeeInput input, StepContext context, CancellationToken ct)
    {
        if (input.Data is not { } form || context.Partner is not { } partner)
        {
            throw new StepInputException("The tax and bank form, or the partner of the case, is missing.");
        }

        var details = form.ToDetails();
        var entered = await payees.SetAsync(context.Db, partner, details, await WhoAsync(context, input.EnteredIn, ct), ct);
        var verified = entered.IsSuccess
            ? await payees.VerifyAsync(context.Db, partner, details.Currency, "call-back", await WhoAsync(context, input.VerifiedIn, ct), ct)
            : entered;
        if ((entered.Refusal ?? verified.Refusal) is { } refusal)
        {
            return StepResult.Done(new RecordPayeeOutput("", "", refusal.Message), "Invalid");
        }

        if (details.TaxFormOnFile && await context.Db.FindAsync<Partner>([partner], ct) is { } row)
        {
            row.TaxFormOnFile = true;
        }

        return StepResult.Done(new RecordPayeeOutput(details.Currency.Code, details.Party.Account.Masked, ""));
    }

    // The task was answered by a person whose roles the door checked; here only who it was counts.
    private static async Task<Actor> WhoAsync(StepContext context, string taskType, CancellationToken ct)
    {
        var caseId = context.CaseId;
        var person = await context.Db.Set<HumanTask>().AsNoTracking()
            .Where(task => task.CaseId == caseId && task.Type == taskType && task.State == TaskState.Completed)
            .OrderByDescending(task => task.CompletedAt).Select(task => task.CompletedBy).FirstOrDefaultAsync(ct)
            ?? context.Db.Set<HumanTask>().Local.Where(task => task.CaseId == caseId && task.Type == taskType).Select(task => task.CompletedBy).LastOrDefault()
            ?? throw new StepInputException($"No task of type '{taskType}' was completed in this case, so nobody has done it.");
        return Actor.Staff(person, person, ActorSource.System, "finance");
    }
}

namespace Ecosystem.Workflows.Incentives.Statements;

/// <summary>A partner's money in one currency: what was paid, what is approved, what is on hold until when and why.</summary>
/// <param name="Currency">The currency.</param>
/// <param name="Earned">Everything earned so far, corrections included.</param>
/// <param name="Paid">Paid so far, tax withheld included.</param>
/// <param name="Approved">Approved and not yet paid out.</param>
/// <param name="Approvable">Free for the next payout run.</param>
/// <param name="OnHold">On hold.</param>
/// <param name="Owed">Owed by the vendor according to the ledger; negative when the partner owes.</param>
/// <param name="Holds">What is on hold, by date and reason.</param>
public sealed record PartnerBalance(
    Currency Currency, Money Earned, Money Paid, Money Approved, Money Approvable, Money OnHold, Money Owed, IReadOnlyList<PartnerHold> Holds);

namespace Ecosystem.Workflows.Incentives.Statements;

/// <summary>A payment on a statement.</summary>
/// <param name="EndToEndId">Identification that the payee's bank shows.</param>
/// <param name="Run">The payout run.</param>
/// <param name="On">The day on which it was released; or, for a payment that came back, the day of its return.</param>
/// <param name="Amount">What was paid; negative for a payment that came back.</param>
/// <param name="TaxWithheld">Tax withheld from it.</param>
public sealed record StatementPayment(string EndToEndId, string Run, DateOnly On, Money Amount, Money TaxWithheld);

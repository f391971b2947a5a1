namespace Ecosystem.Workflows.Simulation;

/// <summary>The ledger in one currency.</summary>
/// <param name="Currency">The currency.</param>
/// <param name="Debits">The sum of all debits.</param>
/// <param name="Credits">The sum of all credits; equal to the debits.</param>
/// <param name="Balances">Balances by account.</param>
public sealed record SummaryLedger(Currency Currency, Money Debits, Money Credits, IReadOnlyDictionary<string, Money> Balances);

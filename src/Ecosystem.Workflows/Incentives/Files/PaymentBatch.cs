namespace Ecosystem.Workflows.Incentives.Files;

/// <summary>
/// Everything a payment file is written from. Two equal batches give byte-equal files in every format: no clock, no random identifier,
/// no machine setting goes into one.
/// </summary>
/// <param name="Id">Identification of the batch: at most 35 characters; message and payment identifications derive from it.</param>
/// <param name="CreatedAt">When the batch was released, in UTC.</param>
/// <param name="ExecutionDate">The day on which the bank is asked to carry it out.</param>
/// <param name="Currency">The one currency of all transfers.</param>
/// <param name="Debtor">Who pays.</param>
/// <param name="Transfers">The payments, at least one; written in this order.</param>
public sealed record PaymentBatch(
    string Id,
    DateTimeOffset CreatedAt,
    DateOnly ExecutionDate,
    Currency Currency,
    PaymentParty Debtor,
    IReadOnlyList<CreditTransfer> Transfers)
{
    /// <summary>The debtor's company identification at its US bank (NACHA), ten characters; else null.</summary>
    public string? CompanyId { get; init; }

    /// <summary>The sum of all transfers.</summary>
    public Money Total => Transfers.Aggregate(Money.Zero(Currency), (sum, transfer) => sum + transfer.Amount);

    /// <summary>Whether the batch is a SEPA credit transfer: euro, and every account an IBAN.</summary>
    public bool IsSepa => Currency == Currency.Eur && Debtor.Account.Iban is not null && Transfers.All(t => t.Creditor.Account.Iban is not null);
}

namespace Ecosystem.Workflows.Incentives.Files;

/// <summary>One payment of a batch.</summary>
/// <param name="EndToEndId">Identification that travels to the payee and comes back in status reports: at most 35 characters, unique in the batch.</param>
/// <param name="Amount">More than zero, in the batch's currency, in whole coins.</param>
/// <param name="Creditor">Who is paid.</param>
/// <param name="Remittance">What the payee reads on the statement; at most 140 characters, cut when longer.</param>
public sealed record CreditTransfer(string EndToEndId, Money Amount, PaymentParty Creditor, string Remittance)
{
    /// <summary>Whether the payee is a person, not a company; decides NACHA's entry class.</summary>
    public bool IsPerson { get; init; }
}

namespace Ecosystem.Workflows.Incentives.Payouts;

/// <summary>A payee that resembles an entry of the sanctions list; it is not paid until somebody has compared the two.</summary>
/// <param name="PartnerId">The partner that would be paid.</param>
/// <param name="Name">The name that resembles: the account holder's, the company's or a contact's.</param>
/// <param name="Entry">The entry of the list.</param>
/// <param name="Score">How alike they are, 0 to 1.</param>
/// <param name="Reason">Why the payee is held, in words.</param>
public sealed record PayeeHit(PartnerId PartnerId, string Name, string Entry, decimal Score, string Reason);

namespace Ecosystem.Workflows.Incentives.Files;

/// <summary>Someone who pays or is paid.</summary>
/// <param name="Name">Legal name; in files cut to what the format takes.</param>
/// <param name="Address">Structured address.</param>
/// <param name="Account">Bank account.</param>
public sealed record PaymentParty(string Name, PostalAddress Address, BankAccount Account);

namespace Ecosystem.Workflows.Incentives.Files;

/// <summary>
/// Where money is sent to or taken from: an IBAN, with or without the bank's BIC, or a US account with its routing number.
/// </summary>
public sealed record BankAccount
{
    /// <summary>IBAN in electronic form, or null for an account that has none.</summary>
    public string? Iban { get; init; }

    /// <summary>BIC of the bank; SEPA payments do without.</summary>
    public string? Bic { get; init; }

    /// <summary>Account number as the bank writes it, where there is no IBAN.</summary>
    public string? AccountNumber { get; init; }

    /// <summary>US routing (ABA) number, where there is no IBAN.</summary>
    public string? RoutingNumber { get; init; }

    /// <summary>Whether a US account is a savings account; else it is a checking account.</summary>
    public bool IsSavings { get; init; }

    /// <summary>The account as shown to people: all but the last four characters covered.</summary>
    public string Masked => BankIdentifiers.Mask(Iban ?? AccountNumber ?? "");

    /// <summary>An account in the IBAN world.</summary>
    /// <param name="iban">IBAN, spaces allowed.</param>
    /// <param name="bic">BIC, or null.</param>
    public static BankAccount OfIban(string iban, string? bic = null) => new() { Iban = BankIdentifiers.NormalizeIban(iban), Bic = bic };

    /// <summary>An account at a US bank.</summary>
    /// <param name="routingNumber">Nine digits.</param>
    /// <param name="accountNumber">At most 17 characters.</param>
    /// <param name="isSavings">Whether it is a savings account.</param>
    public static BankAccount OfUnitedStates(string routingNumber, string accountNumber, bool isSavings = false) =>
        new() { RoutingNumber = routingNumber, AccountNumber = accountNumber, IsSavings = isSavings };

    /// <summary>What is wrong with the account, by field; empty when it can be paid to.</summary>
    public IEnumerable<Refusal> Check()
    {
        if (Iban is not null)
        {
            if (!BankIdentifiers.IsIban(Iban))
            {
                yield return new Refusal("bank.iban", $"The IBAN {BankIdentifiers.Mask(Iban)} is not valid: its length or its check digits do not fit (mod 97 must be 1).", "iban");
            }
        }
        else
        {
            if (!BankIdentifiers.IsRoutingNumber(RoutingNumber))
            {
                yield return new Refusal("bank.routing-number", $"The routing number '{RoutingNumber}' is not valid: nine digits with 3(d1+d4+d7)+7(d2+d5+d8)+(d3+d6+d9) divisible by 10, or give an IBAN.", "routingNumber");
            }

            if (AccountNumber is not { Length: > 0 and <= 17 } || !AccountNumber.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            {
                yield return new Refusal("bank.account-number", "The account number must have 1 to 17 letters, digits or hyphens.", "accountNumber");
            }
        }

        if (Bic is not null && !BankIdentifiers.IsBic(Bic))
        {
            yield return new Refusal("bank.bic", $"The BIC '{Bic}' is not valid: eight or eleven capital letters and digits, the fifth and sixth being a country.", "bic");
        }
    }
}

using Ecosystem.Workflows.Incentives.Files;

namespace Ecosystem.Workflows.Incentives.Payouts;

/// <summary>What a partner or its clerk enters to be paid.</summary>
/// <param name="Party">Name, structured address, bank account.</param>
/// <param name="Currency">The currency the account takes.</param>
public sealed record PayeeDetails(PaymentParty Party, Currency Currency)
{
    /// <summary>Whether a valid tax form is on file (W-9, W-8 or a VAT number, by country).</summary>
    public bool TaxFormOnFile { get; init; }

    /// <summary>Per cent withheld from every payment, for example 24 for US backup withholding; zero for none.</summary>
    public decimal WithholdingPercent { get; init; }

    /// <summary>Whether the payee is a person, not a company.</summary>
    public bool IsPerson { get; init; }

    /// <summary>What is wrong with the details, by field; empty when they can be used.</summary>
    public IEnumerable<Refusal> Check()
    {
        foreach (var refusal in Party.Account.Check())
        {
            yield return refusal with { Field = "account." + refusal.Field };
        }

        if (string.IsNullOrWhiteSpace(Party.Name))
        {
            yield return new Refusal("payee.name", "The name of the account's owner must not be empty.", "name");
        }

        if (string.IsNullOrWhiteSpace(Party.Address.Town))
        {
            yield return new Refusal("payee.town", "The town must not be empty: banks reject addresses without it.", "address.town");
        }

        if (Party.Address.Country is not { Length: 2 } country || !country.All(char.IsAsciiLetterUpper))
        {
            yield return new Refusal("payee.country", $"The country '{Party.Address.Country}' must be an ISO 3166 code of two capital letters, for example DE.", "address.country");
        }

        if (Party.Address.Lines.Count > 2)
        {
            yield return new Refusal("payee.lines", "At most two free address lines may stand beside town and country.", "address.lines");
        }

        if (WithholdingPercent is < 0 or > 100)
        {
            yield return new Refusal("payee.withholding", $"The withholding of {WithholdingPercent} % must lie between 0 and 100.", "withholdingPercent");
        }
    }
}

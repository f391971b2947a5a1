using Ecosystem.Workflows.Incentives.Files;

namespace Ecosystem.Workflows.Incentives.Payouts;

/// <summary>Who pays, and how; section <c>Payouts</c> of the configuration.</summary>
public sealed class PayoutOptions
{
    /// <summary>The vendor's legal name as banks know it.</summary>
    public string DebtorName { get; set; } = "Ecosystem Demo Vendor";

    /// <summary>Street of the vendor.</summary>
    public string? DebtorStreet { get; set; }

    /// <summary>Postal code of the vendor.</summary>
    public string? DebtorPostCode { get; set; }

    /// <summary>Town of the vendor.</summary>
    public string DebtorTown { get; set; } = "Frankfurt am Main";

    /// <summary>Country of the vendor, ISO 3166-1 alpha-2.</summary>
    public string DebtorCountry { get; set; } = "DE";

    /// <summary>The account payments are made from. The default is the example IBAN of the standard, not a real account.</summary>
    public string DebtorIban { get; set; } = "DE89370400440532013000";

    /// <summary>BIC of the vendor's bank; null for none.</summary>
    public string? DebtorBic { get; set; } = "COBADEFFXXX";

    /// <summary>Routing number of the vendor's US bank, for dollar payments. The default is a published example.</summary>
    public string DebtorRoutingNumber { get; set; } = "021000021";

    /// <summary>Account number at the US bank.</summary>
    public string DebtorAccountNumber { get; set; } = "000123456789";

    /// <summary>Company identification given by the US bank, for NACHA files.</summary>
    public string CompanyId { get; set; } = "1123456789";

    /// <summary>The smallest amount that is paid; less is carried forward to the next run.</summary>
    public decimal MinimumPayment { get; set; }

    /// <summary>A run of this amount or more, in its own currency, is approved by two people of finance; 0 for never.</summary>
    public decimal QuorumFrom { get; set; } = 250_000m;

    /// <summary>Folder into which released files are also written; null keeps them in the application.</summary>
    public string? OutboxFolder { get; set; }

    /// <summary>The debtor for payments in a currency: the US account for dollars, else the IBAN.</summary>
    /// <param name="currency">The currency.</param>
    public PaymentParty Debtor(Currency currency) => new(
        DebtorName,
        new PostalAddress(DebtorTown, DebtorCountry) { Street = DebtorStreet, PostCode = DebtorPostCode },
        currency == Currency.Usd ? BankAccount.OfUnitedStates(DebtorRoutingNumber, DebtorAccountNumber) : BankAccount.OfIban(DebtorIban, DebtorBic));
}

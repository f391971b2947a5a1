using System.Globalization;
using Ecosystem.Workflows.Incentives.Files;
using Ecosystem.Workflows.Incentives.Payouts;

namespace Ecosystem.Workflows.Simulation;

/// <summary>Bank details for partners of an export, which has none: a published example bank and made-up account numbers, stated in the summary.</summary>
internal static class SimulatedBank
{
    // Routing number of a real bank as printed in public examples; the accounts do not exist.
    private const string RoutingNumber = "021000021";
    private const string ExampleIban = "DE89370400440532013000";

    public static PayeeDetails Details(PlannedPartner partner, int index, MainJobOptions options)
    {
        var account = options.Currency == Currency.Usd
            ? BankAccount.OfUnitedStates(RoutingNumber, (9_000_000_001L + index).ToString(CultureInfo.InvariantCulture))
            : BankAccount.OfIban(ExampleIban);
        return new PayeeDetails(new PaymentParty(partner.Name, new PostalAddress($"{partner.Region} office", options.PartnerCountry), account), options.Currency) { TaxFormOnFile = true };
    }
}

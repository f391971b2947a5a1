using System.Globalization;
using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Simulation;

/// <summary>Bank details for partners of an export, which has none: a published example bank and made-up account numbers, stated in the summary.</summary>
internal static class SimulatedBank
{
    // Routing number of a real bank as printed in public examples; the accounts do not exist.
    private const string RoutingNumber = "021000021";
    private const string ExampleIban = "DE89370400440532013000";

    public static JsonObject Form(PlannedPartner partner, int index, MainJobOptions options)
    {
        var form = new JsonObject
        {
            ["name"] = partner.Name,
            ["town"] = $"{partner.Region} office",
            ["country"] = options.PartnerCountry,
            ["taxForm"] = options.PartnerCountry == "US" ? "W-9" : "VAT-ID",
        };
        if (options.Currency == Currency.Usd)
        {
            form["routingNumber"] = RoutingNumber;
            form["accountNumber"] = (9_000_000_001L + index).ToString(CultureInfo.InvariantCulture);
        }
        else
        {
            form["iban"] = ExampleIban;
        }

        return form;
    }
}

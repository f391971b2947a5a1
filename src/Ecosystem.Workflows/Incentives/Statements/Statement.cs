using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ecosystem.Workflows.Storage;

namespace Ecosystem.Workflows.Incentives.Statements;

/// <summary>
/// What a partner earned, what is held and what was paid in one month and one currency. Opening + earned + adjustments − paid − tax = closing,
/// and closing is the ledger's balance on the last day.
/// </summary>
/// <param name="Partner">The partner.</param>
/// <param name="Period">The month, as <c>yyyy-MM</c>.</param>
/// <param name="Currency">The currency.</param>
/// <param name="Opening">Owed on the day before the period.</param>
/// <param name="Earned">Commissions posted in the period.</param>
/// <param name="Adjustments">Corrections posted in the period, mostly negative.</param>
/// <param name="Paid">Payments released in the period, less those that came back.</param>
/// <param name="TaxWithheld">Tax withheld from them.</param>
/// <param name="Closing">Owed on the last day.</param>
/// <param name="OnHold">The part of closing that is held.</param>
/// <param name="Approvable">The part of closing that the next run may pay.</param>
/// <param name="InPayment">The part of closing that a run has approved.</param>
/// <param name="Lines">Lines posted in the period, and older ones still unpaid at its end.</param>
/// <param name="Payments">Payments of the period.</param>
public sealed record Statement(
    PartnerId Partner, string Period, Currency Currency, Money Opening, Money Earned, Money Adjustments, Money Paid, Money TaxWithheld, Money Closing,
    Money OnHold, Money Approvable, Money InPayment, IReadOnlyList<StatementLine> Lines, IReadOnlyList<StatementPayment> Payments)
{
    /// <summary>SHA-256 over the statement's content in lower-case hexadecimal: equal content, equal hash.</summary>
    [JsonIgnore]
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(this, StoredJson.Options))));

    /// <summary>Whether the sums fit together.</summary>
    [JsonIgnore]
    public bool Adds => Opening + Earned + Adjustments - Paid - TaxWithheld == Closing && OnHold + Approvable + InPayment == Closing;
}

namespace Ecosystem.Workflows.Incentives;

/// <summary>A partner's part in a deal.</summary>
/// <param name="Partner">The partner.</param>
/// <param name="SharePercent">Per cent of the deal.</param>
/// <param name="Role"><c>sole</c>, <c>contributor</c>, <c>reseller</c> or <c>referrer</c>.</param>
/// <param name="Tier">The partner's tier on the day of the event.</param>
/// <param name="TaxFormOnFile">Whether a valid tax form was on file on that day.</param>
public sealed record PartnerCredit(PartnerId Partner, decimal SharePercent, string Role, string Tier, bool TaxFormOnFile)
{
    /// <summary>The credited amount where the deal was divided already; null to have it divided by the shares.</summary>
    public Money? Amount { get; init; }
}

namespace Ecosystem.Workflows.Partners;

/// <summary>What a merge changed, so that it can be undone exactly.</summary>
/// <param name="Survivor">The fields of the survivor that a merge may fill, as they were.</param>
/// <param name="AbsorbedStatus">The absorbed partner's status before.</param>
/// <param name="AbsorbedStatusReason">The reason of it.</param>
/// <param name="AbsorbedStage">The absorbed partner's stage before.</param>
/// <param name="MovedContacts">The people that moved to the survivor.</param>
/// <param name="AddedKeys">The keys the survivor is found under since.</param>
internal sealed record MergeSnapshot(
    MergeFields Survivor,
    PartnerStatus AbsorbedStatus,
    string? AbsorbedStatusReason,
    string AbsorbedStage,
    IReadOnlyList<ContactId> MovedContacts,
    IReadOnlyList<string> AddedKeys);

/// <summary>The fields a merge fills where the survivor has nothing.</summary>
internal sealed record MergeFields(string? Domain, string? City, string? Postcode, string? TaxId, string? Region, bool RegistryVerified, bool TaxFormOnFile)
{
    public static MergeFields Of(Partner partner) =>
        new(partner.Domain, partner.City, partner.Postcode, partner.TaxId, partner.Region, partner.RegistryVerified, partner.TaxFormOnFile);

    public MergeFields FilledFrom(MergeFields other) => new(
        Domain ?? other.Domain,
        City ?? other.City,
        Postcode ?? other.Postcode,
        TaxId ?? other.TaxId,
        Region ?? other.Region,
        RegistryVerified || other.RegistryVerified,
        TaxFormOnFile || other.TaxFormOnFile);

    public void WriteTo(Partner partner)
    {
        partner.Domain = Domain;
        partner.City = City;
        partner.Postcode = Postcode;
        partner.TaxId = TaxId;
        partner.Region = Region;
        partner.RegistryVerified = RegistryVerified;
        partner.TaxFormOnFile = TaxFormOnFile;
    }
}

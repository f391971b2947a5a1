using F23.StringSimilarity;

namespace Ecosystem.Workflows.Partners.Matching;

/// <summary>How alike two companies are: the signals one by one, and their score.</summary>
/// <param name="SameAccount">Both point at the same record of a shared system.</param>
/// <param name="SameTaxId">Tax or register number is equal.</param>
/// <param name="SameDomain">Registrable domain is equal; domains of mail providers never are.</param>
/// <param name="NameSimilarity">Jaro-Winkler similarity of the name keys, 0 to 1, to four decimals.</param>
/// <param name="SameCity">City and postcode are equal.</param>
/// <param name="SameContact">The same contact e-mail address is named.</param>
/// <param name="ParentChild">One is the parent of the other.</param>
public sealed record CompanyMatch(
    bool SameAccount,
    bool SameTaxId,
    bool SameDomain,
    decimal NameSimilarity,
    bool SameCity,
    bool SameContact,
    bool ParentChild)
{
    /// <summary>From this similarity on names count as alike.</summary>
    public const decimal NameThreshold = 0.92m;

    private static readonly JaroWinkler Similarity = new();

    /// <summary>
    /// The sum of what the signals are worth, at most 1: account or tax number 1.0, domain 0.9, alike names 0.6, contact 0.5,
    /// parent 0.4, city with postcode 0.2.
    /// </summary>
    public decimal Score => Math.Min(
        1m,
        (SameAccount ? 1m : 0m) + (SameTaxId ? 1m : 0m) + (SameDomain ? 0.9m : 0m) + (NameSimilarity >= NameThreshold ? 0.6m : 0m)
        + (SameContact ? 0.5m : 0m) + (ParentChild ? 0.4m : 0m) + (SameCity ? 0.2m : 0m));

    /// <summary>Compares two companies. The order does not matter.</summary>
    /// <param name="one">One company.</param>
    /// <param name="other">The other.</param>
    /// <returns>The signals.</returns>
    public static CompanyMatch Of(CompanyIdentity one, CompanyIdentity other) => new(
        Same(one.AccountKey, other.AccountKey),
        Same(one.TaxId, other.TaxId),
        Same(one.Domain, other.Domain),
        NamesAlike(one.NameKey, other.NameKey),
        Same(one.City, other.City) && Same(one.Postcode, other.Postcode),
        Same(one.ContactEmail, other.ContactEmail),
        IsParent(one, other) || IsParent(other, one));

    /// <summary>The Jaro-Winkler similarity of two name keys, 0 to 1, to four decimals.</summary>
    /// <param name="one">One key.</param>
    /// <param name="other">The other.</param>
    /// <returns>1 for equal keys, 0 when one is empty.</returns>
    public static decimal NamesAlike(string one, string other)
    {
        if (one.Length == 0 || other.Length == 0)
        {
            return 0m;
        }

        return string.Equals(one, other, StringComparison.Ordinal)
            ? 1m
            : decimal.Clamp(Math.Round((decimal)Math.Max(Similarity.Similarity(one, other), Similarity.Similarity(other, one)), 4), 0m, 1m);
    }

    private static bool IsParent(CompanyIdentity parent, CompanyIdentity child) =>
        child.ParentKey is { } key && (key == parent.NameKey || key == CompanyName.Key(parent.AccountKey));

    private static bool Same(string? one, string? other) => one is not null && string.Equals(one, other, StringComparison.Ordinal);
}

namespace Ecosystem.Workflows.Partners.Matching;

/// <summary>What is known of a company, brought to comparable form. Two of them are compared with <see cref="CompanyMatch"/>.</summary>
public sealed record CompanyIdentity
{
    private CompanyIdentity()
    {
    }

    /// <summary>The key of the name; see <see cref="CompanyName.Key"/>.</summary>
    public required string NameKey { get; init; }

    /// <summary>The registrable domain; null when unknown or of a public mail provider.</summary>
    public string? Domain { get; init; }

    /// <summary>ISO 3166 alpha-2 country in capitals.</summary>
    public string? Country { get; init; }

    /// <summary>City, folded.</summary>
    public string? City { get; init; }

    /// <summary>Postcode, folded.</summary>
    public string? Postcode { get; init; }

    /// <summary>Tax or register number, letters and digits only, in capitals.</summary>
    public string? TaxId { get; init; }

    /// <summary>A contact's e-mail address in lower case.</summary>
    public string? ContactEmail { get; init; }

    /// <summary>The id of the customer's record in a system that both sides use, for example a CRM account.</summary>
    public string? AccountKey { get; init; }

    /// <summary>The key of the parent company: its account key, else the key of its name.</summary>
    public string? ParentKey { get; init; }

    /// <summary>Brings what is known to comparable form. Empty texts count as unknown.</summary>
    /// <param name="name">The name.</param>
    /// <param name="domain">Domain, URL or an e-mail address of the company.</param>
    /// <param name="country">Country.</param>
    /// <param name="taxId">Tax or register number.</param>
    /// <param name="city">City.</param>
    /// <param name="postcode">Postcode.</param>
    /// <param name="contactEmail">A contact's e-mail address.</param>
    /// <param name="accountKey">The id of the record in a shared system.</param>
    /// <param name="parent">The parent company's account key or name.</param>
    /// <returns>The identity.</returns>
    public static CompanyIdentity From(
        string? name,
        string? domain = null,
        string? country = null,
        string? taxId = null,
        string? city = null,
        string? postcode = null,
        string? contactEmail = null,
        string? accountKey = null,
        string? parent = null)
    {
        var registrable = RegistrableDomain.Of(domain) ?? RegistrableDomain.Of(contactEmail);
        return new CompanyIdentity
        {
            NameKey = CompanyName.Key(name),
            Domain = RegistrableDomain.IsFreeMail(registrable) ? null : registrable,
            Country = NullIfEmpty(country?.Trim().ToUpperInvariant()),
            City = NullIfEmpty(CompanyName.Key(city)),
            Postcode = NullIfEmpty(CompanyName.Key(postcode)),
            TaxId = NullIfEmpty(string.Concat((taxId ?? "").Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant()),
            ContactEmail = NullIfEmpty(contactEmail?.Trim().ToLowerInvariant()),
            AccountKey = NullIfEmpty(accountKey?.Trim()),
            ParentKey = NullIfEmpty(CompanyName.Key(parent)),
        };
    }

    /// <summary>
    /// The keys under which candidates are looked for: two companies that share none are not compared. Account, domain, tax number, the
    /// first four characters of the name, and the parent (as itself and as a name).
    /// </summary>
    /// <returns>The keys, each with a prefix that names its kind.</returns>
    public IReadOnlyList<string> BlockingKeys()
    {
        List<string> keys = [];
        Add("a:", AccountKey);
        Add("d:", Domain);
        Add("t:", TaxId);
        Add("n:", NameKey.Replace(" ", "", StringComparison.Ordinal) is { Length: > 0 } compact ? compact[..Math.Min(4, compact.Length)] : null);
        Add("p:", ParentKey);
        Add("p:", NullIfEmpty(NameKey));
        return keys;

        void Add(string prefix, string? value)
        {
            if (value is not null && !keys.Contains(prefix + value))
            {
                keys.Add(prefix + value);
            }
        }
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

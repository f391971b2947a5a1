namespace Ecosystem.Workflows.Partners;

/// <summary>What a company says when it applies to become a partner.</summary>
public sealed record PartnerApplication
{
    /// <summary>The partner's id in an import, so that importing again changes nothing; by default a new one.</summary>
    public PartnerId? Id { get; init; }

    /// <summary>The registered name.</summary>
    public string? LegalName { get; init; }

    /// <summary>The company's domain or site.</summary>
    public string? Domain { get; init; }

    /// <summary>ISO 3166 alpha-2 country.</summary>
    public string? Country { get; init; }

    /// <summary>City.</summary>
    public string? City { get; init; }

    /// <summary>Postcode.</summary>
    public string? Postcode { get; init; }

    /// <summary>Tax or register number.</summary>
    public string? TaxId { get; init; }

    /// <summary>What kind of partner it wants to be; default reseller.</summary>
    public PartnerType Type { get; init; }

    /// <summary>The sales region.</summary>
    public string? Region { get; init; }

    /// <summary>Industries it serves.</summary>
    public IReadOnlyList<string> Industries { get; init; } = [];

    /// <summary>Who applies. A partner known to the vendor from an import may have none.</summary>
    public ContactDetails? Contact { get; init; }

    /// <summary>Revenue a year it expects to bring, in the programme's currency.</summary>
    public decimal ExpectedAnnualRevenue { get; init; }

    /// <summary>Discount it asks for, in per cent.</summary>
    public decimal RequestedDiscount { get; init; }

    /// <summary>The company was found in a public register or is known to us; only imports and the vendor's own people may say so.</summary>
    public bool RegistryVerified { get; init; }
}

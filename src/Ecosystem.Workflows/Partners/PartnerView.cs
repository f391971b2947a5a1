using System.Text.Json;
using Ecosystem.Workflows.Storage;

namespace Ecosystem.Workflows.Partners;

/// <summary>A partner as pages and the API show it.</summary>
public sealed record PartnerView
{
    /// <summary>Its id.</summary>
    public required PartnerId Id { get; init; }

    /// <summary>The registered name.</summary>
    public required string LegalName { get; init; }

    /// <summary>The registrable domain, or null.</summary>
    public string? Domain { get; init; }

    /// <summary>The country.</summary>
    public required string Country { get; init; }

    /// <summary>City, or null.</summary>
    public string? City { get; init; }

    /// <summary>Postcode, or null.</summary>
    public string? Postcode { get; init; }

    /// <summary>What kind of partner it is.</summary>
    public PartnerType Type { get; init; }

    /// <summary>The sales region.</summary>
    public string? Region { get; init; }

    /// <summary>Industries it serves.</summary>
    public IReadOnlyList<string> Industries { get; init; } = [];

    /// <summary>Where the partnership stands.</summary>
    public PartnerStatus Status { get; init; }

    /// <summary>Why, in words.</summary>
    public string? StatusReason { get; init; }

    /// <summary>The step of the lifecycle.</summary>
    public required string Stage { get; init; }

    /// <summary>Its tier.</summary>
    public PartnerTier Tier { get; init; }

    /// <summary>Its health, 0 to 100, or null while there is not enough evidence.</summary>
    public decimal? Health { get; init; }

    /// <summary><c>green</c>, <c>yellow</c>, <c>red</c> or null.</summary>
    public string? HealthBand { get; init; }

    /// <summary>A valid tax form is on file.</summary>
    public bool TaxFormOnFile { get; init; }

    /// <summary>The case that changes its status.</summary>
    public CaseId? CaseId { get; init; }

    /// <summary>The partner that absorbed this one, or null.</summary>
    public PartnerId? MergedInto { get; init; }

    /// <summary>When it applied.</summary>
    public DateTimeOffset AppliedAt { get; init; }

    /// <summary>When it became active, or null.</summary>
    public DateTimeOffset? ActivatedAt { get; init; }

    /// <summary>The version, for <c>ETag</c> and <c>If-Match</c>.</summary>
    public long Version { get; init; }

    internal static PartnerView Of(Partner partner) => new()
    {
        Id = partner.Id,
        LegalName = partner.LegalName,
        Domain = partner.Domain,
        Country = partner.Country,
        City = partner.City,
        Postcode = partner.Postcode,
        Type = partner.Type,
        Region = partner.Region,
        Industries = JsonSerializer.Deserialize<string[]>(partner.IndustriesJson, StoredJson.Options) ?? [],
        Status = partner.Status,
        StatusReason = partner.StatusReason,
        Stage = partner.Stage,
        Tier = partner.Tier,
        Health = partner.Health,
        HealthBand = partner.HealthBand,
        TaxFormOnFile = partner.TaxFormOnFile,
        CaseId = partner.CaseId,
        MergedInto = partner.MergedInto,
        AppliedAt = partner.AppliedAt,
        ActivatedAt = partner.ActivatedAt,
        Version = partner.Version,
    };
}

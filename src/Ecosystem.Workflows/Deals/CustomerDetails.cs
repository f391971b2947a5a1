namespace Ecosystem.Workflows.Deals;

/// <summary>The customer of a deal, as the partner gives it.</summary>
public sealed record CustomerDetails
{
    /// <summary>The registered name.</summary>
    public string? LegalName { get; init; }

    /// <summary>Domain or site.</summary>
    public string? Domain { get; init; }

    /// <summary>ISO 3166 alpha-2 country.</summary>
    public string? Country { get; init; }

    /// <summary>City.</summary>
    public string? City { get; init; }

    /// <summary>Postcode.</summary>
    public string? Postcode { get; init; }

    /// <summary>Tax or register number.</summary>
    public string? TaxId { get; init; }

    /// <summary>The id of the customer's record in a shared system, for example a CRM account.</summary>
    public string? AccountKey { get; init; }

    /// <summary>The parent company: its account key or name.</summary>
    public string? Parent { get; init; }

    /// <summary>The e-mail address of the contact at the customer.</summary>
    public string? ContactEmail { get; init; }
}

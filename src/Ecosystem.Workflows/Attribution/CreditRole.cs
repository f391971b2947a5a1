namespace Ecosystem.Workflows.Attribution;

/// <summary>In which role a partner is credited.</summary>
public enum CreditRole
{
    /// <summary>The only partner.</summary>
    Sole,

    /// <summary>One of several who contributed.</summary>
    Contributor,

    /// <summary>Sells and earns the margin.</summary>
    Reseller,

    /// <summary>Referred the customer.</summary>
    Referrer,
}

namespace Ecosystem.Workflows.Partners;

/// <summary>What kind of partner a company is.</summary>
public enum PartnerType
{
    /// <summary>Buys and sells on.</summary>
    Reseller,

    /// <summary>Passes on leads.</summary>
    Referral,

    /// <summary>Sells to other partners.</summary>
    Distributor,

    /// <summary>Implements and integrates.</summary>
    Integrator,

    /// <summary>Builds on the product.</summary>
    Technology,

    /// <summary>Sells in the vendor's name.</summary>
    Agent,

    /// <summary>Advises customers.</summary>
    Advisory,
}

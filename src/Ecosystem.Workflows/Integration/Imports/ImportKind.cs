namespace Ecosystem.Workflows.Integration.Imports;

/// <summary>What the rows of an imported file are.</summary>
public enum ImportKind
{
    /// <summary>The vendor's own customers.</summary>
    Accounts,

    /// <summary>What partners or the vendor's own team hold of customers: named accounts, contracts, opportunities.</summary>
    Claims,

    /// <summary>Deals that partners register.</summary>
    Opportunities,

    /// <summary>Companies that apply as partners.</summary>
    Partners,

    /// <summary>What partners did for deals.</summary>
    Touchpoints,
}

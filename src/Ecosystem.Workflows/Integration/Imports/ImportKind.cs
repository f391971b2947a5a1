namespace Ecosystem.Workflows.Integration.Imports;

/// <summary>What the rows of an imported file are.</summary>
public enum ImportKind
{
    /// <summary>The vendor's own customers.</summary>
    Accounts,

    /// <summary>Deals that partners register.</summary>
    Opportunities,

    /// <summary>Companies that apply as partners.</summary>
    Partners,

    /// <summary>What partners did for deals.</summary>
    Touchpoints,
}

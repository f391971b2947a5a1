namespace Ecosystem.Workflows.Partners;

/// <summary>The levels of the programme, lowest first.</summary>
public enum PartnerTier
{
    /// <summary>Everybody starts here.</summary>
    Registered,

    /// <summary>The first level that is earned.</summary>
    Silver,

    /// <summary>The second.</summary>
    Gold,

    /// <summary>The highest.</summary>
    Platinum,
}

namespace Ecosystem.Workflows.Attribution;

/// <summary>What a partner did in a touchpoint.</summary>
public enum TouchRole
{
    /// <summary>Found the opportunity.</summary>
    Sourced,

    /// <summary>Qualified it.</summary>
    Qualified,

    /// <summary>Won the technical decision.</summary>
    Technical,

    /// <summary>Sold: closed the contract.</summary>
    Resell,

    /// <summary>Implemented.</summary>
    Implementation,

    /// <summary>Referred the customer.</summary>
    Referral,

    /// <summary>Influenced the decision in another way.</summary>
    Influence,
}

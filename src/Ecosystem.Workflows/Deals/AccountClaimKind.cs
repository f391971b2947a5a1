namespace Ecosystem.Workflows.Deals;

/// <summary>What makes a customer somebody's without a registration.</summary>
public enum AccountClaimKind
{
    /// <summary>The customer is on the holder's list of named accounts.</summary>
    Named,

    /// <summary>The holder has a contract with the customer.</summary>
    Contract,

    /// <summary>The holder works on an opportunity with the customer that was not registered.</summary>
    Opportunity,
}

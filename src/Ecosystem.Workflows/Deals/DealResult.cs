namespace Ecosystem.Workflows.Deals;

/// <summary>How a deal ended for the customer.</summary>
public enum DealResult
{
    /// <summary>The customer bought.</summary>
    Won,

    /// <summary>The customer did not buy.</summary>
    Lost,
}

namespace Ecosystem.Workflows.Integration.Crm;

/// <summary>Stage of an opportunity.</summary>
public enum CrmStage
{
    /// <summary>Not yet engaged with the customer.</summary>
    Prospecting,

    /// <summary>In talks with the customer.</summary>
    Engaging,

    /// <summary>Closed, bought.</summary>
    Won,

    /// <summary>Closed, not bought.</summary>
    Lost,
}

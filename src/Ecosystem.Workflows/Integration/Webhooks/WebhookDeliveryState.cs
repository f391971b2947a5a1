namespace Ecosystem.Workflows.Integration.Webhooks;

/// <summary>How far a delivery is.</summary>
public enum WebhookDeliveryState
{
    /// <summary>Not delivered yet; it is tried again.</summary>
    Pending,

    /// <summary>The receiver answered with 2xx.</summary>
    Delivered,

    /// <summary>Given up; it can be asked for again.</summary>
    Failed,
}

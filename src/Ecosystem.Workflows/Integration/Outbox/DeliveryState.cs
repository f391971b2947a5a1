namespace Ecosystem.Workflows.Integration.Outbox;

/// <summary>What becomes of an outbox message after an attempt.</summary>
public enum DeliveryState
{
    /// <summary>Done; the message is removed.</summary>
    Delivered,

    /// <summary>To be tried again.</summary>
    Retry,

    /// <summary>Put aside.</summary>
    Park,
}

namespace Ecosystem.Workflows.Integration.Outbox;

/// <summary>How a delivery ended.</summary>
/// <param name="State">How.</param>
/// <param name="Reason">Why it failed; null when delivered.</param>
public readonly record struct DeliveryOutcome(DeliveryState State, string? Reason = null)
{
    /// <summary>It happened, now or on an earlier attempt.</summary>
    public static DeliveryOutcome Delivered { get; } = new(DeliveryState.Delivered);

    /// <summary>It did not happen yet; it is tried again, and later messages of the same key wait.</summary>
    /// <param name="reason">Why.</param>
    /// <returns>The outcome.</returns>
    public static DeliveryOutcome Retry(string reason) => new(DeliveryState.Retry, reason);

    /// <summary>It can never happen; the message is put aside with the reason, and later messages of the key go on.</summary>
    /// <param name="reason">Why.</param>
    /// <returns>The outcome.</returns>
    public static DeliveryOutcome Park(string reason) => new(DeliveryState.Park, reason);
}

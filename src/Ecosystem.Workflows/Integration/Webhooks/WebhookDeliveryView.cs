namespace Ecosystem.Workflows.Integration.Webhooks;

/// <summary>A delivery as it is shown.</summary>
/// <param name="Id">Its id, sent as <c>webhook-id</c>.</param>
/// <param name="EventType">The event.</param>
/// <param name="State">How far it is.</param>
/// <param name="Attempts">Attempts since it was last asked for.</param>
/// <param name="CreatedAt">When the event came.</param>
/// <param name="NextAttemptAt">When it is tried next; null when it is not.</param>
/// <param name="LastAttemptAt">When it was tried last.</param>
/// <param name="LastStatus">The HTTP status of the last attempt; null when there was no answer.</param>
/// <param name="Error">Why the last attempt failed.</param>
/// <param name="Body">What is sent.</param>
public sealed record WebhookDeliveryView(
    string Id, string EventType, WebhookDeliveryState State, int Attempts, DateTimeOffset CreatedAt, DateTimeOffset? NextAttemptAt, DateTimeOffset? LastAttemptAt,
    int? LastStatus, string? Error, string Body)
{
    internal static WebhookDeliveryView Of(WebhookDelivery delivery) => new(
        delivery.Id, delivery.EventType, delivery.State, delivery.Attempts, delivery.CreatedAt, delivery.NextAttemptAt, delivery.LastAttemptAt,
        delivery.LastStatus, delivery.ErrorText, delivery.BodyJson);
}

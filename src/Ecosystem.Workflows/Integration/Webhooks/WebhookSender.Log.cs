using System.Net;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Workflows.Integration.Webhooks;

/// <summary>What the sender logs. Ids only: addresses may hold keys, bodies personal data.</summary>
internal sealed partial class WebhookSender
{
    [LoggerMessage(1, LogLevel.Information, "Delivery {DeliveryId} of webhook {WebhookId} failed on attempt {Attempt} with {Status} and is tried again at {Next}")]
    private static partial void LogRetry(ILogger logger, string deliveryId, WebhookId webhookId, int attempt, DateTimeOffset next, HttpStatusCode? status);

    [LoggerMessage(2, LogLevel.Warning, "Delivery {DeliveryId} of webhook {WebhookId} was given up after {Attempt} attempts, the last with {Status}; the webhook is disabled")]
    private static partial void LogGivenUp(ILogger logger, string deliveryId, WebhookId webhookId, int attempt, HttpStatusCode? status);

    [LoggerMessage(3, LogLevel.Error, "Webhook deliveries could not be read or written; trying again in {Delay}")]
    private static partial void LogFailed(ILogger logger, Exception error, TimeSpan delay);
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ecosystem.Workflows.Integration.Outbox;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Integration.Webhooks;

/// <summary>
/// Makes a delivery of an event for every webhook that wants it. The body is a CloudEvent 1.0 in JSON that is a Standard Webhooks payload
/// (<c>type</c>, <c>timestamp</c>, <c>data</c>) at the same time.
/// </summary>
internal sealed class WebhookFanOut(StorageSession storage, WebhookSender sender) : IOutboxDelivery
{
    public OutboxKind Kind => OutboxKind.Event;

    public async Task<DeliveryOutcome> DeliverAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        if (JsonNode.Parse(message.PayloadJson) is not JsonObject data || (string?)data["type"] is not { Length: > 0 } type)
        {
            return DeliveryOutcome.Delivered;
        }

        // An event is a partner's only if it names that partner: others about its deals tell of everybody who takes part.
        PartnerId? partner = (string?)data["partnerId"] is { } id && EntityId.IsValid(id) ? new PartnerId(id) : null;
        var wanting = (await storage.ReadAsync((db, token) => db.Set<Webhook>().Where(webhook => webhook.DisabledAt == null).ToListAsync(token), cancellationToken))
            .FindAll(webhook => webhook.Wants(type, partner));
        if (wanting.Count == 0)
        {
            return DeliveryOutcome.Delivered;
        }

        data.Remove("type");
        await storage.WriteAsync(
            async (db, token) =>
            {
                foreach (var webhook in wanting)
                {
                    var delivery = DeliveryId(message.Id, webhook.Id);
                    if (await db.Set<WebhookDelivery>().AnyAsync(row => row.Id == delivery, token))
                    {
                        continue;
                    }

                    db.Add(new WebhookDelivery
                    {
                        Id = delivery,
                        WebhookId = webhook.Id,
                        EventType = type,
                        BodyJson = Body(message, type, data),
                        CreatedAt = message.CreatedAt,
                        NextAttemptAt = message.CreatedAt,
                    });
                }
            },
            cancellationToken);
        sender.Wake();
        return DeliveryOutcome.Delivered;
    }

    // The same event for the same webhook has the same id, so that an event that is delivered here twice is sent once.
    private static string DeliveryId(string message, WebhookId webhook) =>
        "msg_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{message}/{webhook}")))[..32];

    private static string Body(OutboxMessage message, string type, JsonObject data)
    {
        var time = message.CreatedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        var subject = type.Split('.')[0];
        return new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = message.Id,
            ["source"] = "/ecosystem",
            ["type"] = type,
            ["subject"] = (string?)data[subject + "Id"] is { } id ? $"{subject}/{id}" : subject,
            ["time"] = time,
            ["timestamp"] = time,
            ["datacontenttype"] = "application/json",
            ["data"] = data.DeepClone(),
        }.ToJsonString(StoredJson.Options);
    }
}

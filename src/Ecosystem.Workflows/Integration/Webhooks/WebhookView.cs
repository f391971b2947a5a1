namespace Ecosystem.Workflows.Integration.Webhooks;

/// <summary>A webhook as it is shown: without its secret.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Url">Where events are sent to.</param>
/// <param name="Events">Which, each exact or ending in <c>*</c>.</param>
/// <param name="PartnerId">The partner whose events alone it gets; null for all.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="DisabledAt">When sending stopped; null while it goes on.</param>
/// <param name="DisabledBecause">Why it stopped.</param>
public sealed record WebhookView(
    WebhookId Id, string Url, IReadOnlyList<string> Events, PartnerId? PartnerId, DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt, string? DisabledBecause)
{
    internal static WebhookView Of(Webhook webhook) =>
        new(webhook.Id, webhook.Url, webhook.Events, webhook.PartnerId, webhook.CreatedAt, webhook.DisabledAt, webhook.DisabledText);
}

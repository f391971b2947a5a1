using System.Text.Json;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Integration.Webhooks;

/// <summary>Where events are sent to.</summary>
internal sealed class Webhook
{
    public WebhookId Id { get; init; }

    public required string Url { get; init; }

    /// <summary>JSON array of event types, each exact or ending in <c>*</c>.</summary>
    public required string EventsJson { get; init; }

    /// <summary>The partner whose events alone it gets; null for all.</summary>
    public PartnerId? PartnerId { get; init; }

    /// <summary>What signs, as <c>whsec_</c> and base64.</summary>
    public required string Secret { get; set; }

    /// <summary>The secret before a change; signs too until <see cref="OldSecretUntil"/>, so that receivers can change theirs in peace.</summary>
    public string? OldSecret { get; set; }

    public DateTimeOffset? OldSecretUntil { get; set; }

    public required string CreatedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When sending stopped, as a delivery failed for good; redelivering takes it up again.</summary>
    public DateTimeOffset? DisabledAt { get; set; }

    public string? DisabledText { get; set; }

    public IReadOnlyList<string> Events => JsonSerializer.Deserialize<string[]>(EventsJson, StoredJson.Options)!;

    public bool Wants(string type, PartnerId? partner) =>
        (PartnerId is null || PartnerId == partner)
        && Events.Any(wanted => wanted.EndsWith('*') ? type.StartsWith(wanted[..^1], StringComparison.Ordinal) : type == wanted);

    internal sealed class Configuration : IEntityTypeConfiguration<Webhook>
    {
        public void Configure(EntityTypeBuilder<Webhook> builder)
        {
            builder.HasKey(webhook => webhook.Id);
            builder.Property(webhook => webhook.Url).HasMaxLength(WebhookService.MaxUrl);
            builder.Ignore(webhook => webhook.Events);
            builder.HasPartnerScope((webhook, partner) => webhook.PartnerId == partner);
        }
    }
}

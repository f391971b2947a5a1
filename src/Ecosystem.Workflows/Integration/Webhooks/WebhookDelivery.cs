using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Integration.Webhooks;

/// <summary>One event for one webhook, and how sending it goes.</summary>
internal sealed class WebhookDelivery
{
    /// <summary>Stays the same over all attempts; receivers know a repeat by it (the header <c>webhook-id</c>).</summary>
    public required string Id { get; init; }

    public WebhookId WebhookId { get; init; }

    public required string EventType { get; init; }

    /// <summary>The body, exactly as it is signed.</summary>
    public required string BodyJson { get; init; }

    public WebhookDeliveryState State { get; set; }

    /// <summary>Attempts since it was last asked for.</summary>
    public int Attempts { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is tried next; null when it is not.</summary>
    public DateTimeOffset? NextAttemptAt { get; set; }

    public DateTimeOffset? LastAttemptAt { get; set; }

    /// <summary>The HTTP status of the last attempt; null when there was no answer.</summary>
    public int? LastStatus { get; set; }

    public string? ErrorText { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<WebhookDelivery>
    {
        public void Configure(EntityTypeBuilder<WebhookDelivery> builder)
        {
            builder.HasKey(delivery => delivery.Id);
            builder.Property(delivery => delivery.Id).HasMaxLength(EntityId.MaxLength).IsUnicode(false);
            builder.HasIndex(delivery => new { delivery.WebhookId, delivery.Id });
            builder.HasIndex(delivery => delivery.NextAttemptAt);
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Integration.Outbox;

/// <summary>
/// Something that is to happen outside the database once the transaction that wrote this row is committed. The row is removed when it
/// has happened; a row that cannot be delivered is parked with the reason.
/// </summary>
public sealed class OutboxMessage
{
    /// <summary>The order of delivery; given by the database.</summary>
    public long Sequence { get; init; }

    /// <summary>The id of the message, stable across attempts; receivers know a repeat by it.</summary>
    public required string Id { get; init; }

    /// <summary>What it makes happen.</summary>
    public OutboxKind Kind { get; init; }

    /// <summary>Messages of one key are delivered in order, one after the other; usually the case id.</summary>
    public required string Key { get; init; }

    /// <summary>What the delivery needs, as JSON.</summary>
    public required string PayloadJson { get; init; }

    /// <summary>When it was written.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>How often delivery failed.</summary>
    public int Attempts { get; set; }

    /// <summary>Why delivery failed last.</summary>
    public string? ErrorText { get; set; }

    /// <summary>When delivery was given up, or null. Parked messages stay until somebody looks at them.</summary>
    public DateTimeOffset? ParkedAt { get; set; }

    internal sealed class Configuration : IEntityTypeConfiguration<OutboxMessage>
    {
        public void Configure(EntityTypeBuilder<OutboxMessage> builder)
        {
            builder.HasKey(message => message.Sequence);
            builder.Property(message => message.Sequence).ValueGeneratedOnAdd();
            builder.Property(message => message.Id).HasMaxLength(EntityId.MaxLength).IsUnicode(false);
            builder.Property(message => message.Key).HasMaxLength(200);
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Storage;

/// <summary>A kind of work that one process of an installation does at a time, and which process that is.</summary>
internal sealed class Lease
{
    /// <summary>The delivery of the outbox.</summary>
    public const string Outbox = "outbox";

    /// <summary>The sending of webhooks.</summary>
    public const string Webhooks = "webhooks";

    public required string Name { get; init; }

    public string Owner { get; init; } = "";

    /// <summary>When another process may take it, by the clock of the database, in UTC.</summary>
    public DateTime Until { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<Lease>
    {
        public void Configure(EntityTypeBuilder<Lease> builder)
        {
            builder.HasKey(lease => lease.Name);
            builder.Property(lease => lease.Name).HasMaxLength(40).IsUnicode(false);
            builder.Property(lease => lease.Owner).HasMaxLength(40).IsUnicode(false);
            builder.HasData(new[] { Outbox, Webhooks }.Select(name => new Lease { Name = name, Until = DateTime.UnixEpoch }));
        }
    }
}

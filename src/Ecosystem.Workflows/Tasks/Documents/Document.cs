using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Tasks.Documents;

/// <summary>An uploaded document: what is known of it. Its bytes are in the data directory under their hash. Never changed.</summary>
public sealed class Document
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The task it belongs to.</summary>
    public required TaskId TaskId { get; init; }

    /// <summary>The partner who may see it; null for the vendor's people only.</summary>
    public PartnerId? PartnerId { get; init; }

    /// <summary>The file's name, without folders.</summary>
    public required string Name { get; init; }

    /// <summary>Media type, as found from the name.</summary>
    public required string ContentType { get; init; }

    /// <summary>Size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256 of the bytes, 64 hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Who uploaded it.</summary>
    public required string By { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<Document>
    {
        public void Configure(EntityTypeBuilder<Document> builder)
        {
            builder.HasKey(document => document.Id);
            builder.Property(document => document.Sha256).HasMaxLength(64).IsUnicode(false).IsFixedLength();
            builder.HasIndex(document => document.TaskId);
            builder.HasPartnerScope((document, scope) => document.PartnerId == scope);
        }
    }
}

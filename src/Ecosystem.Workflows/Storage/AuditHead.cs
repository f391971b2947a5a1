using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Storage;

/// <summary>The end of the audit chain: the one row that writers queue for.</summary>
internal sealed class AuditHead
{
    public int Id { get; init; } = 1;

    public long Sequence { get; set; }

    public string Hash { get; set; } = new('0', 64);

    internal sealed class Configuration : IEntityTypeConfiguration<AuditHead>
    {
        public void Configure(EntityTypeBuilder<AuditHead> builder)
        {
            builder.Property(head => head.Id).ValueGeneratedNever();
            builder.Property(head => head.Hash).HasMaxLength(64).IsUnicode(false).IsFixedLength();
            builder.HasData(new AuditHead());
        }
    }
}

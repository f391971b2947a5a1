using Ecosystem.Workflows.Incentives.Files;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Incentives.Payouts;

/// <summary>A file written when a run was released. The bytes follow from the run, so only their hash is kept.</summary>
public sealed class PayoutFile
{
    /// <summary>The run.</summary>
    public PayoutRunId RunId { get; init; }

    /// <summary>The format.</summary>
    public PaymentFileFormat Format { get; init; }

    /// <summary>File name.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the content in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Size in bytes.</summary>
    public int Size { get; init; }

    /// <summary>The sum of its payments.</summary>
    public Money Total { get; init; }

    /// <summary>How many payments it has.</summary>
    public int Payments { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<PayoutFile>
    {
        public void Configure(EntityTypeBuilder<PayoutFile> builder)
        {
            builder.HasKey(file => new { file.RunId, file.Format });
            builder.Property(file => file.Sha256).HasMaxLength(64).IsUnicode(false).IsFixedLength();
        }
    }
}

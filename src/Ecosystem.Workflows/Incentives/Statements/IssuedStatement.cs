using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Incentives.Statements;

/// <summary>A statement of a closed month as it was issued. It can be made again from the facts; the hash proves that nothing has changed.</summary>
public sealed class IssuedStatement : IPartnerOwned
{
    /// <inheritdoc/>
    public PartnerId PartnerId { get; init; }

    /// <summary>The month.</summary>
    public required string Period { get; init; }

    /// <summary>The currency.</summary>
    public Currency Currency { get; init; }

    /// <summary>When it was issued.</summary>
    public DateTimeOffset IssuedAt { get; init; }

    /// <summary>Owed on the last day.</summary>
    public Money Closing { get; init; }

    /// <summary>The hash of <see cref="Statement"/>.</summary>
    public required string Hash { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<IssuedStatement>
    {
        public void Configure(EntityTypeBuilder<IssuedStatement> builder)
        {
            builder.HasKey(statement => new { statement.PartnerId, statement.Period, statement.Currency });
            builder.Property(statement => statement.Period).HasMaxLength(7).IsUnicode(false);
            builder.Property(statement => statement.Hash).HasMaxLength(64).IsUnicode(false).IsFixedLength();
        }
    }
}

using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Incentives.Ledger;

/// <summary>One side of a journal entry: an amount on the debit or the credit side of an account.</summary>
public sealed class JournalPosting : IPartnerOwned
{
    /// <summary>The entry it belongs to.</summary>
    public required string EntryId { get; init; }

    /// <summary>1, 2, 3 … in the entry.</summary>
    public int Number { get; init; }

    /// <summary>Day of the entry; repeated here so that a balance as of a day reads postings only.</summary>
    public DateOnly BookedOn { get; init; }

    /// <summary>The account.</summary>
    public LedgerAccount Account { get; init; }

    /// <inheritdoc/>
    public PartnerId PartnerId { get; init; }

    /// <summary>The currency of both sides.</summary>
    public Currency Currency { get; init; }

    /// <summary>The amount on the debit side, or zero.</summary>
    public decimal Debit { get; init; }

    /// <summary>The amount on the credit side, or zero.</summary>
    public decimal Credit { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<JournalPosting>
    {
        public void Configure(EntityTypeBuilder<JournalPosting> builder)
        {
            builder.HasKey(posting => new { posting.EntryId, posting.Number });
            builder.Property(posting => posting.EntryId).HasMaxLength(120).IsUnicode(false);
            builder.HasIndex(posting => new { posting.PartnerId, posting.BookedOn });
        }
    }
}

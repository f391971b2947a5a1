using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Conflicts;

/// <summary>A partner in a conflict, with the deal it claims.</summary>
public sealed class ConflictParty : IPartnerOwned
{
    /// <summary>The conflict.</summary>
    public ConflictId ConflictId { get; init; }

    /// <inheritdoc/>
    public PartnerId PartnerId { get; init; }

    /// <summary>The partner's strongest matching deal; null when it holds the customer without one.</summary>
    public DealId? DealId { get; init; }

    /// <summary>When that deal was submitted; without one, when the conflict was opened.</summary>
    public DateTimeOffset SubmittedAt { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<ConflictParty>
    {
        public void Configure(EntityTypeBuilder<ConflictParty> builder)
        {
            builder.HasKey(party => new { party.ConflictId, party.PartnerId });
            builder.HasIndex(party => party.PartnerId);
        }
    }
}

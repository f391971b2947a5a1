using Ecosystem.Workflows.Decisions;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Onboarding;

/// <summary>One screening of a partner. Append-only.</summary>
public sealed class Screening : IPartnerOwned
{
    /// <summary>Its number; given by the database.</summary>
    public long Sequence { get; init; }

    /// <inheritdoc/>
    public PartnerId PartnerId { get; init; }

    /// <summary><c>approve</c>, <c>review</c>, <c>info-request</c> or <c>block</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary><c>low</c>, <c>medium</c> or <c>high</c>.</summary>
    public required string Risk { get; init; }

    /// <summary>Who acts next.</summary>
    public required string ReviewRole { get; init; }

    /// <summary>The tax document that is needed before the first payment.</summary>
    public required string TaxForm { get; init; }

    /// <summary>The versions of the lists it was screened against.</summary>
    public required string ListVersions { get; init; }

    /// <summary>The day on which it is screened again.</summary>
    public DateOnly RescreenOn { get; init; }

    /// <summary>The stored decision.</summary>
    public DecisionId DecisionId { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>A screening as it was decided.</summary>
    internal static Screening Of(PartnerId partner, Decision decision, string outcome, string listVersions, DateTimeOffset at) => new()
    {
        PartnerId = partner,
        Outcome = outcome,
        Risk = decision.Text("risk"),
        ReviewRole = decision.Text("reviewRole"),
        TaxForm = decision.Text("taxForm"),
        ListVersions = listVersions,
        RescreenOn = DateOnly.FromDateTime(at.UtcDateTime).AddDays((int)decision.Number("rescreenDays")),
        DecisionId = decision.Id,
        At = at,
    };

    internal sealed class Configuration : IEntityTypeConfiguration<Screening>
    {
        public void Configure(EntityTypeBuilder<Screening> builder)
        {
            builder.HasKey(screening => screening.Sequence);
            builder.Property(screening => screening.Sequence).ValueGeneratedOnAdd();
            builder.HasIndex(screening => screening.PartnerId);
            builder.HasIndex(screening => screening.RescreenOn);
        }
    }
}

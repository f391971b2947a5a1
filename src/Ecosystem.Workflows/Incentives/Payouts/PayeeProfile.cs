using System.Text.Json;
using Ecosystem.Workflows.Storage;
using Ecosystem.Workflows.Tasks.Calendars;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Incentives.Payouts;

/// <summary>
/// Where a partner's money goes, per currency. Details that were changed pay nothing until another person has verified them.
/// </summary>
public sealed class PayeeProfile : IPartnerOwned, IVersioned
{
    /// <inheritdoc/>
    public PartnerId PartnerId { get; init; }

    /// <summary>The currency the account takes.</summary>
    public Currency Currency { get; init; }

    /// <summary>The details, as <see cref="PayeeDetails"/> in JSON.</summary>
    public string DetailsJson { get; internal set; } = "";

    /// <summary>Who entered the details last.</summary>
    public required string EditedBy { get; set; }

    /// <summary>When they were entered.</summary>
    public DateTimeOffset EditedAt { get; set; }

    /// <summary>When details that were there before were changed; null for details that are the first. Changed ones cool off before they are paid to.</summary>
    public DateTimeOffset? ChangedAt { get; internal set; }

    /// <summary>From when changed details are paid to: three business days of the payee's country later; null when they were never changed.</summary>
    public DateTimeOffset? CoolsUntil => ChangedAt is { } changed ? BusinessTime.Add(changed, "3 business days", BusinessTime.Calendar(Details.Party.Address.Country)) : null;

    /// <summary>Who verified them (call-back or micro-deposit); null while nobody did.</summary>
    public string? VerifiedBy { get; internal set; }

    /// <summary>When they were verified.</summary>
    public DateTimeOffset? VerifiedAt { get; internal set; }

    /// <summary>How they were verified, for example <c>call-back</c>.</summary>
    public string? Verification { get; internal set; }

    /// <inheritdoc/>
    public long Version { get; set; }

    /// <summary>The details.</summary>
    public PayeeDetails Details => JsonSerializer.Deserialize<PayeeDetails>(DetailsJson, StoredJson.Options)!;

    internal sealed class Configuration : IEntityTypeConfiguration<PayeeProfile>
    {
        public void Configure(EntityTypeBuilder<PayeeProfile> builder)
        {
            builder.HasKey(payee => new { payee.PartnerId, payee.Currency });
            builder.Ignore(payee => payee.Details);
            builder.Ignore(payee => payee.CoolsUntil);
        }
    }
}

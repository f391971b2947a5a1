using Ecosystem.Workflows.Incentives.Files;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Incentives.Payouts;

/// <summary>What one partner is paid in one run.</summary>
public sealed class PayoutPayment : IPartnerOwned
{
    /// <summary>Identification that travels to the payee; made from run and partner, at most 35 characters.</summary>
    public required string EndToEndId { get; init; }

    /// <summary>The run.</summary>
    public PayoutRunId RunId { get; init; }

    /// <inheritdoc/>
    public PartnerId PartnerId { get; init; }

    /// <summary>1, 2, 3 … in the run; the order in the file.</summary>
    public int Number { get; init; }

    /// <summary>The sum of the positive lines.</summary>
    public Money Gross { get; init; }

    /// <summary>The sum of the negative lines, as a positive amount.</summary>
    public Money Netted { get; init; }

    /// <summary>Tax withheld.</summary>
    public Money TaxWithheld { get; init; }

    /// <summary>What is paid: gross less netted less tax.</summary>
    public Money Amount { get; init; }

    /// <summary>Where it stands.</summary>
    public PaymentStatus Status { get; internal set; }

    /// <summary>The bank's reason for a rejection, or why it was held.</summary>
    public string? ReasonText { get; internal set; }

    /// <summary>The payee as it was when the run was computed (<see cref="PaymentParty"/>), so that the file can be written again byte for byte.</summary>
    public required string PayeeJson { get; init; }

    /// <summary>Who entered and who verified the bank details used, for the segregation of duties.</summary>
    public required string DetailsBy { get; init; }

    internal sealed class Configuration : IEntityTypeConfiguration<PayoutPayment>
    {
        public void Configure(EntityTypeBuilder<PayoutPayment> builder)
        {
            builder.HasKey(payment => payment.EndToEndId);
            builder.Property(payment => payment.EndToEndId).HasMaxLength(35).IsUnicode(false);
            builder.HasIndex(payment => new { payment.RunId, payment.Number }).IsUnique();
            builder.HasIndex(payment => payment.PartnerId);
        }
    }
}

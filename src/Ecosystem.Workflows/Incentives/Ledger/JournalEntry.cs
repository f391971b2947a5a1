using Ecosystem.Workflows.Incentives.Payouts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ecosystem.Workflows.Incentives.Ledger;

/// <summary>
/// A balanced set of postings made for one cause; append-only. Its id names the cause, so that posting twice for one cause is
/// impossible. Made with <see cref="Of"/>, which refuses what does not balance.
/// </summary>
public sealed class JournalEntry
{
    /// <summary>The cause, for example <c>accrual/LINE</c>; at most 120 visible ASCII characters.</summary>
    public required string Id { get; init; }

    /// <summary>The day it counts for.</summary>
    public DateOnly BookedOn { get; init; }

    /// <summary>When it was posted.</summary>
    public DateTimeOffset PostedAt { get; init; }

    /// <summary>What happened, for people.</summary>
    public required string ReasonText { get; init; }

    /// <summary>Who caused it.</summary>
    public required string ActorId { get; init; }

    /// <summary>The line it was posted for; null when it sums many.</summary>
    public LineId? LineId { get; init; }

    /// <summary>The payout run it belongs to.</summary>
    public PayoutRunId? RunId { get; init; }

    /// <summary>The postings: at least two; debits equal credits in every currency.</summary>
    public List<JournalPosting> Postings { get; init; } = [];

    /// <summary>Makes a balanced entry.</summary>
    /// <param name="id">The cause.</param>
    /// <param name="at">When it is posted; its UTC day is the day it counts for.</param>
    /// <param name="actor">Who caused it.</param>
    /// <param name="reason">What happened, for people.</param>
    /// <param name="sides">The sides.</param>
    /// <param name="line">The line it is posted for.</param>
    /// <param name="run">The payout run it belongs to.</param>
    /// <exception cref="InvalidOperationException">The sides do not balance, or one is not above zero.</exception>
    public static JournalEntry Of(
        string id, DateTimeOffset at, Actor actor, string reason, IReadOnlyList<JournalSide> sides, LineId? line = null, PayoutRunId? run = null)
    {
        var on = DateOnly.FromDateTime(at.UtcDateTime);
        var entry = new JournalEntry { Id = id, BookedOn = on, PostedAt = at, ActorId = actor.Id, ReasonText = reason, LineId = line, RunId = run };
        foreach (var side in sides)
        {
            if (side.Amount.Amount <= 0 || side.Amount != side.Amount.Rounded())
            {
                throw new InvalidOperationException($"The entry '{id}' has a side of {side.Amount}: every side must be above zero, in whole coins.");
            }

            entry.Postings.Add(new JournalPosting
            {
                EntryId = id,
                Number = entry.Postings.Count + 1,
                BookedOn = on,
                Account = side.Account,
                PartnerId = side.Partner,
                Currency = side.Amount.Currency,
                Debit = side.IsDebit ? side.Amount.Amount : 0m,
                Credit = side.IsDebit ? 0m : side.Amount.Amount,
            });
        }

        foreach (var currency in entry.Postings.GroupBy(posting => posting.Currency))
        {
            var (debits, credits) = (currency.Sum(posting => posting.Debit), currency.Sum(posting => posting.Credit));
            if (debits != credits)
            {
                throw new InvalidOperationException($"The entry '{id}' does not balance in {currency.Key}: debits {debits}, credits {credits}.");
            }
        }

        return entry.Postings.Count >= 2 ? entry : throw new InvalidOperationException($"The entry '{id}' has fewer than two sides.");
    }

    internal sealed class Configuration : IEntityTypeConfiguration<JournalEntry>
    {
        public void Configure(EntityTypeBuilder<JournalEntry> builder)
        {
            builder.HasKey(entry => entry.Id);
            builder.Property(entry => entry.Id).HasMaxLength(120).IsUnicode(false);
            builder.Property(entry => entry.ActorId).HasMaxLength(120);
            builder.HasMany(entry => entry.Postings).WithOne().HasForeignKey(posting => posting.EntryId).OnDelete(DeleteBehavior.Restrict);
            builder.HasIndex(entry => entry.RunId);
        }
    }
}

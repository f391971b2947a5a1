using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Incentives.Ledger;

/// <summary>Posts to the ledger and reads balances from it.</summary>
/// <param name="session">The database.</param>
public sealed class LedgerService(StorageSession session)
{
    /// <summary>
    /// Adds an entry to the unit of work. An entry whose cause was posted before is not added again; that is no error, for steps are repeated after a crash.
    /// </summary>
    /// <param name="db">The unit of work.</param>
    /// <param name="entry">The entry; null adds nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether the entry was added.</returns>
    public static async Task<bool> PostAsync(EcosystemDbContext db, JournalEntry? entry, CancellationToken cancellationToken)
    {
        if (entry is null || await db.FindAsync<JournalEntry>([entry.Id], cancellationToken) is not null)
        {
            return false;
        }

        db.Add(entry);
        return true;
    }

    /// <summary>The book as of the end of a day, of one partner or of all, as far as the actor may see.</summary>
    /// <param name="actor">Who reads.</param>
    /// <param name="partner">The partner; null for all.</param>
    /// <param name="asOf">The day; null for everything posted.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<LedgerBook> BookAsync(Actor actor, PartnerId? partner = null, DateOnly? asOf = null, CancellationToken cancellationToken = default) =>
        session.ReadAsync(actor, (db, token) => BookAsync(db, partner, asOf, token), cancellationToken);

    internal static async Task<LedgerBook> BookAsync(EcosystemDbContext db, PartnerId? partner, DateOnly? asOf, CancellationToken cancellationToken)
    {
        var query = db.Set<JournalPosting>().AsNoTracking();
        if (partner is not null)
        {
            query = query.Where(posting => posting.PartnerId == partner.Value);
        }

        if (asOf is not null)
        {
            query = query.Where(posting => posting.BookedOn <= asOf.Value);
        }

        var book = new LedgerBook();
        await foreach (var posting in query.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            book.Add(posting);
        }

        return book;
    }
}

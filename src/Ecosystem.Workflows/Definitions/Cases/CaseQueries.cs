using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Definitions;

/// <summary>Reads cases.</summary>
/// <param name="storage">The database.</param>
public sealed class CaseQueries(StorageSession storage)
{
    /// <summary>Lists cases by id, oldest first.</summary>
    /// <param name="query">Which.</param>
    /// <param name="page">Which page.</param>
    /// <param name="actor">Who looks; an actor of a partner sees that partner's only.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The page.</returns>
    public Task<Page<CaseRecord>> FindAsync(CaseQuery query, PageRequest page, Actor actor, CancellationToken cancellationToken = default) => storage.ReadAsync(
        actor,
        async (db, token) =>
        {
            var cases = db.Set<CaseRecord>().AsQueryable();
            if (query.Kind is { Length: > 0 } kind)
            {
                cases = cases.Where(record => record.Kind == kind);
            }

            if (query.Status is { } status)
            {
                cases = cases.Where(record => record.Status == status);
            }

            if (query.WaitingFor is { Length: > 0 } who)
            {
                cases = cases.Where(record => record.WaitingForWho == who);
            }

            if (query.PartnerId is { } partner)
            {
                cases = cases.Where(record => record.PartnerId == partner);
            }

            if (query.Subject is { } subject)
            {
                cases = cases.Where(record => record.SubjectKind == subject.Kind && record.SubjectId == subject.Id);
            }

            return (await cases.PageById(record => record.Id, page).ToListAsync(token)).ToPage(page, record => record, record => record.Id.Value);
        },
        cancellationToken);

    /// <summary>Looks a case up.</summary>
    /// <param name="id">The case.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The case, or null when there is none or the actor may not see it.</returns>
    public Task<CaseRecord?> GetAsync(CaseId id, Actor actor, CancellationToken cancellationToken = default) =>
        storage.ReadAsync(actor, (db, token) => db.Set<CaseRecord>().FirstOrDefaultAsync(record => record.Id == id, token), cancellationToken);

    /// <summary>The history of a case as people read it, oldest first.</summary>
    /// <param name="id">The case; check with <see cref="GetAsync"/> that the actor may see it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The entries.</returns>
    public Task<List<CaseHistoryEntry>> HistoryAsync(CaseId id, CancellationToken cancellationToken = default) =>
        storage.ReadAsync((db, token) => db.Set<CaseHistoryEntry>().Where(entry => entry.CaseId == id && !entry.Quiet).OrderBy(entry => entry.Number).ToListAsync(token), cancellationToken);

    /// <summary>Everything that happened in a case, with joints, containers and the process's own waits, oldest first.</summary>
    /// <param name="id">The case; check with <see cref="GetAsync"/> that the actor may see it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The entries.</returns>
    public Task<List<CaseHistoryEntry>> JournalAsync(CaseId id, CancellationToken cancellationToken = default) =>
        storage.ReadAsync((db, token) => db.Set<CaseHistoryEntry>().Where(entry => entry.CaseId == id).OrderBy(entry => entry.Number).ToListAsync(token), cancellationToken);
}

using Ecosystem.Workflows;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Designer.Reading;

/// <summary>Reads cases and their history for pages and the API, with the eyes of an actor.</summary>
internal sealed class CaseReader(StorageSession storage)
{
    /// <summary>Which cases.</summary>
    /// <param name="Kind">Definition id.</param>
    /// <param name="Status">How the case stands.</param>
    /// <param name="WaitingFor">Role, person or partner that has to act.</param>
    /// <param name="PartnerId">Whose.</param>
    internal sealed record Query(string? Kind = null, CaseStatus? Status = null, string? WaitingFor = null, PartnerId? PartnerId = null);

    /// <summary>Finds cases, newest first; the cursor is the start time of the last one.</summary>
    public Task<Page<CaseRecord>> FindAsync(Query query, PageRequest page, Actor actor, CancellationToken ct) => storage.ReadAsync(
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

            var skip = int.TryParse(page.Cursor, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0;
            var found = await cases.OrderByDescending(record => record.StartedAt).ThenBy(record => record.Id).Skip(skip).Take(page.Size + 1).ToListAsync(token);
            return new Page<CaseRecord>(
                [.. found.Take(page.Size)],
                found.Count > page.Size ? (skip + page.Size).ToString(System.Globalization.CultureInfo.InvariantCulture) : null);
        },
        ct);

    /// <summary>One case, or null.</summary>
    public Task<CaseRecord?> GetAsync(CaseId id, Actor actor, CancellationToken ct) =>
        storage.ReadAsync(actor, (db, token) => db.Set<CaseRecord>().FirstOrDefaultAsync(record => record.Id == id, token), ct);

    /// <summary>The case of a deal, partner or conflict, the newest when it had several.</summary>
    public Task<CaseRecord?> OfAsync(Subject subject, Actor actor, CancellationToken ct) => storage.ReadAsync(
        actor,
        (db, token) => db.Set<CaseRecord>().Where(record => record.SubjectKind == subject.Kind && record.SubjectId == subject.Id)
            .OrderByDescending(record => record.StartedAt).FirstOrDefaultAsync(token),
        ct);

    /// <summary>The history of a case in order. The case itself must have been read first: that is what checks the right to see it.</summary>
    public Task<List<CaseHistoryEntry>> HistoryAsync(CaseRecord record, CancellationToken ct) =>
        storage.ReadAsync((db, token) => db.Set<CaseHistoryEntry>().Where(entry => entry.CaseId == record.Id).OrderBy(entry => entry.Number).ToListAsync(token), ct);

    /// <summary>The definition a case is pinned to, as JSON.</summary>
    public Task<string?> DefinitionAsync(CaseRecord record, CancellationToken ct) => storage.ReadAsync(
        (db, token) => db.Set<DefinitionVersion>().Where(version => version.ContentHash == record.ContentHash).Select(version => (string?)version.Json).FirstOrDefaultAsync(token),
        ct);
}

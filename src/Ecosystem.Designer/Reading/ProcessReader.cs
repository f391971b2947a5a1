using Ecosystem.Workflows;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Designer.Reading;

/// <summary>Reads what the process map draws: definitions and the case that is about something.</summary>
internal sealed class ProcessReader(StorageSession storage, CaseQueries cases)
{
    /// <summary>The definition a case is pinned to, as JSON; null for cases that are no interpreted definition.</summary>
    public Task<string?> DefinitionAsync(CaseRecord record, CancellationToken ct) => storage.ReadAsync(
        (db, token) => db.Set<DefinitionVersion>().Where(version => version.ContentHash == record.ContentHash).Select(version => (string?)version.Json).FirstOrDefaultAsync(token),
        ct);

    /// <summary>The newest version of every definition, by name.</summary>
    public Task<List<DefinitionVersion>> LatestAsync(CancellationToken ct) =>
        storage.ReadAsync((db, token) => db.Set<DefinitionVersion>().Where(version => version.IsLatest).OrderBy(version => version.Name).ToListAsync(token), ct);

    /// <summary>All versions of a definition, newest first.</summary>
    public Task<List<DefinitionVersion>> VersionsAsync(string definitionId, CancellationToken ct) => storage.ReadAsync(
        (db, token) => db.Set<DefinitionVersion>().Where(version => version.DefinitionId == definitionId).OrderByDescending(version => version.Number).ToListAsync(token),
        ct);

    /// <summary>The case of a deal, partner or conflict; the one started last when it had several.</summary>
    public async Task<CaseRecord?> CaseOfAsync(Subject subject, Actor actor, CancellationToken ct) =>
        (await cases.FindAsync(new CaseQuery(Subject: subject), new PageRequest(null, 200), actor, ct)).Items.MaxBy(record => record.StartedAt);
}

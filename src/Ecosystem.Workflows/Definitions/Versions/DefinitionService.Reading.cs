using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Definitions;

/// <content>Reading versions.</content>
public sealed partial class DefinitionService
{
    /// <summary>The latest version of each definition, by name.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The versions.</returns>
    public Task<IReadOnlyList<DefinitionVersion>> LatestAsync(CancellationToken cancellationToken = default) => storage.ReadAsync<IReadOnlyList<DefinitionVersion>>(
        async (db, token) => await db.Set<DefinitionVersion>().AsNoTracking().Where(row => row.IsLatest).OrderBy(row => row.Name).ThenBy(row => row.DefinitionId).ToListAsync(token),
        cancellationToken);

    /// <summary>The versions of a definition, newest first.</summary>
    /// <param name="definitionId">The definition.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The versions; none when there is no such definition.</returns>
    public Task<IReadOnlyList<DefinitionVersion>> VersionsAsync(string definitionId, CancellationToken cancellationToken = default) => storage.ReadAsync<IReadOnlyList<DefinitionVersion>>(
        async (db, token) => await db.Set<DefinitionVersion>().AsNoTracking().Where(row => row.DefinitionId == definitionId).OrderByDescending(row => row.Number).ToListAsync(token),
        cancellationToken);
}

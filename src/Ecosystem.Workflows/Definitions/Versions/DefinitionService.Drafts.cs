using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Definitions;

/// <content>Reading versions and saving drafts.</content>
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

    /// <summary>Saves a draft: into the draft that is there, or as a new one after a published version. What is published never changes.</summary>
    /// <param name="definitionId">The definition; made when there is none.</param>
    /// <param name="document">The definition; its id is taken from <paramref name="definitionId"/>.</param>
    /// <param name="seen">The <see cref="DefinitionVersion.Version"/> of the latest version the change was made on; null to save whatever is there.</param>
    /// <param name="actor">Who saves.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The draft; <c>definition.stale</c> when somebody saved meanwhile, and nothing was overwritten.</returns>
    public Task<Result<DefinitionVersion>> SaveDraftAsync(string definitionId, DefinitionDocument document, long? seen, Actor actor, CancellationToken cancellationToken = default) =>
        storage.WriteAsync<Result<DefinitionVersion>>(
            async (db, token) =>
            {
                var now = clock.GetUtcNow();
                var latest = await db.Set<DefinitionVersion>().AsTracking().Where(row => row.DefinitionId == definitionId).OrderByDescending(row => row.Number).FirstOrDefaultAsync(token);
                if (seen is not null && seen != latest?.Version)
                {
                    return new Refusal("definition.stale", latest is null
                        ? $"There is no definition '{definitionId}' yet, so nothing can have been seen of it."
                        : $"{latest.ChangedBy} changed this process meanwhile. Read it again and repeat your change; nothing was overwritten.");
                }

                var number = latest is { State: VersionState.Draft } ? latest.Number : (latest?.Number ?? 0) + 1;
                var json = document.Clone().Json;
                json["definitionId"] = definitionId;
                json["version"] = number;
                var draft = DefinitionDocument.From(json);
                var name = draft.Name.Length > 0 ? draft.Name : definitionId;
                if (latest is { State: VersionState.Draft })
                {
                    (latest.Name, latest.Json, latest.ContentHash, latest.ChangedAt, latest.ChangedBy) = (name, draft.ToJson(), draft.ContentHash, now, actor.Name);
                    audit.Add(db, actor, "definition.saved", Of(latest), null, new { version = number });
                    return latest;
                }

                if (latest is not null)
                {
                    latest.IsLatest = false;
                }

                var row = new DefinitionVersion
                {
                    Id = VersionIdOf(definitionId, number),
                    DefinitionId = definitionId,
                    Number = number,
                    Name = name,
                    State = VersionState.Draft,
                    IsLatest = true,
                    ContentHash = draft.ContentHash,
                    Json = draft.ToJson(),
                    CreatedAt = now,
                    ChangedAt = now,
                    ChangedBy = actor.Name,
                };
                db.Add(row);
                audit.Add(db, actor, "definition.drafted", Of(row), null, new { version = number });
                return row;
            },
            cancellationToken);
}

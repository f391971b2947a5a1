using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Definitions;

/// <content>Saving and deleting drafts.</content>
public sealed partial class DefinitionService
{
    /// <summary>
    /// Saves a definition: into its draft, or as a new draft after a version that is published or retired. Nothing of somebody else's
    /// is overwritten: the change must be based on the latest state, or on the actor's own last save.
    /// </summary>
    /// <param name="document">The definition; without an id it is a new one, named after its name.</param>
    /// <param name="basedOn">The <see cref="DefinitionVersion.Version"/> the change was made on; null when the caller does not know it.</param>
    /// <param name="actor">Who saves.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The draft, or why it is not saved (<c>definition.stale</c>).</returns>
    public Task<Result<DefinitionVersion>> SaveAsync(DefinitionDocument document, long? basedOn, Actor actor, CancellationToken cancellationToken = default) =>
        storage.WriteAsync<Result<DefinitionVersion>>(
            async (db, token) =>
            {
                var now = clock.GetUtcNow();
                var json = document.Clone().Json;
                var id = json.Text("definitionId") is { Length: > 0 } known ? known : await NewIdAsync(db, document.Name, now, token);
                if (id.Length > 100)
                {
                    return new Refusal("definition.id-too-long", "The id of a definition has at most 100 characters.", "definitionId");
                }

                json["definitionId"] = id;
                var latest = await db.Set<DefinitionVersion>().AsTracking().FirstOrDefaultAsync(row => row.DefinitionId == id && row.IsLatest, token);
                if (latest is not null && (basedOn is { } seen ? seen != latest.Version : latest.ChangedBy != actor.Name && latest.State == VersionState.Draft))
                {
                    return new Refusal("definition.stale", $"'{latest.Name}' was changed meanwhile, by {latest.ChangedBy} at {latest.ChangedAt:u}. Open it again and repeat your change; nothing was overwritten.");
                }

                json["version"] = latest is null ? 1 : latest.State == VersionState.Draft ? latest.Number : latest.Number + 1;
                var saved = DefinitionDocument.From(json);
                if (latest is { State: VersionState.Draft })
                {
                    latest.Name = NameOf(saved);
                    latest.Json = saved.ToJson();
                    latest.ContentHash = saved.ContentHash;
                    latest.ChangedAt = now;
                    latest.ChangedBy = actor.Name;
                    audit.Add(db, actor, "definition.saved", Of(latest), null, new { version = latest.Number, latest.ContentHash });
                    return latest;
                }

                var draft = new DefinitionVersion
                {
                    Id = VersionIdOf(id, saved.Version),
                    DefinitionId = id,
                    Number = saved.Version,
                    Name = NameOf(saved),
                    State = VersionState.Draft,
                    IsLatest = true,
                    ContentHash = saved.ContentHash,
                    Json = saved.ToJson(),
                    CreatedAt = now,
                    ChangedAt = now,
                    ChangedBy = actor.Name,
                };
                if (latest is not null)
                {
                    latest.IsLatest = false;
                }

                db.Add(draft);
                audit.Add(db, actor, "definition.drafted", Of(draft), null, new { version = draft.Number, draft.ContentHash });
                return draft;
            },
            cancellationToken);

    /// <summary>Throws a draft away; the version before it is the latest again. What was ever published stays, because cases and decisions refer to it.</summary>
    /// <param name="versionId">The draft.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The draft that was, or why it stays.</returns>
    public Task<Result<DefinitionVersion>> DeleteDraftAsync(string versionId, Actor actor, CancellationToken cancellationToken = default) =>
        storage.WriteAsync<Result<DefinitionVersion>>(
            async (db, token) =>
            {
                if (await db.FindAsync<DefinitionVersion>([versionId], token) is not { } draft)
                {
                    return Refusal.NotFound("definition version", versionId);
                }

                if (draft.State != VersionState.Draft)
                {
                    return new Refusal("definition.kept", $"Version {draft.Number} of '{draft.Name}' was published, so it is kept: cases refer to it. Retract it to have no new cases start on it.");
                }

                db.Remove(draft);
                if (draft.IsLatest && await db.Set<DefinitionVersion>().AsTracking()
                    .Where(row => row.DefinitionId == draft.DefinitionId && row.Id != draft.Id).OrderByDescending(row => row.Number).FirstOrDefaultAsync(token) is { } before)
                {
                    before.IsLatest = true;
                }

                audit.Add(db, actor, "definition.draft-deleted", Of(draft), null, new { version = draft.Number, draft.ContentHash });
                return draft;
            },
            cancellationToken);

    private static string NameOf(DefinitionDocument document) => document.Name.Length > 0 ? document.Name : document.DefinitionId;

    private static async Task<string> NewIdAsync(EcosystemDbContext db, string name, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var words = name.ToLowerInvariant().Split([.. name.ToLowerInvariant().Where(letter => !char.IsAsciiLetterOrDigit(letter)).Distinct()], StringSplitOptions.RemoveEmptyEntries);
        var slug = string.Join('-', words);
        if (slug.Length > 80)
        {
            slug = slug[..80];
        }

        return slug.Length > 0 && !await db.Set<DefinitionVersion>().AnyAsync(row => row.DefinitionId == slug, cancellationToken) ? slug : EntityId.New("process-", now);
    }
}

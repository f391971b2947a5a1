using System.Globalization;
using System.Text.Json.Nodes;
using Ecosystem.Workflows;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Designer.Elsa;

/// <summary>
/// Definition versions for Elsa's REST API. A revision number travels in <c>customProperties</c>, which Studio sends back, so that saving
/// over somebody else's change is refused instead of losing it.
/// </summary>
internal sealed class ElsaDefinitions(StorageSession storage, DefinitionService service)
{
    /// <summary>Which definitions, in which order.</summary>
    internal sealed record Query(string? Versions, string? Search, IReadOnlyCollection<string> DefinitionIds, IReadOnlyCollection<string> Ids, int Page, int Size, string? OrderBy, bool Descending);

    /// <summary>One page of definitions, and how many there are in all.</summary>
    public Task<(IReadOnlyList<DefinitionVersion> Page, int Total)> ListAsync(Query query, CancellationToken ct) => storage.ReadAsync<(IReadOnlyList<DefinitionVersion>, int)>(
        async (db, token) =>
        {
            var rows = Select(db.Set<DefinitionVersion>(), query.Versions ?? "Latest");
            if (query.DefinitionIds.Count > 0)
            {
                rows = rows.Where(row => query.DefinitionIds.Contains(row.DefinitionId));
            }

            if (query.Ids.Count > 0)
            {
                rows = rows.Where(row => query.Ids.Contains(row.Id));
            }

            // Names are few and short, their JSON is long: only that of the page is read.
            var heads = await rows.Select(row => new { row.Id, row.DefinitionId, row.Name, row.Number, row.CreatedAt }).ToListAsync(token);
            var found = heads.Where(row => string.IsNullOrWhiteSpace(query.Search)
                || row.Name.Contains(query.Search.Trim(), StringComparison.OrdinalIgnoreCase) || row.DefinitionId.Contains(query.Search.Trim(), StringComparison.OrdinalIgnoreCase));
            found = query.OrderBy?.ToUpperInvariant() switch
            {
                "CREATED" or "CREATEDAT" => found.OrderBy(row => row.CreatedAt).ThenBy(row => row.Number),
                "VERSION" => found.OrderBy(row => row.Number),
                _ => found.OrderBy(row => row.Name, StringComparer.OrdinalIgnoreCase).ThenBy(row => row.Number),
            };
            var ordered = (query.Descending ? found.Reverse() : found).Select(row => row.Id).ToList();
            var ids = ordered.Skip(query.Page * query.Size).Take(query.Size).ToList();
            var page = await db.Set<DefinitionVersion>().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, StringComparer.Ordinal, token);
            return ([.. ids.Where(page.ContainsKey).Select(id => page[id])], ordered.Count);
        },
        ct);

    /// <summary>The version of a definition that the options name, or null.</summary>
    public Task<DefinitionVersion?> FindAsync(string definitionId, string? versionOptions, CancellationToken ct) => storage.ReadAsync(
        (db, token) => Select(db.Set<DefinitionVersion>().Where(row => row.DefinitionId == definitionId), versionOptions ?? "Latest")
            .OrderByDescending(row => row.Number).FirstOrDefaultAsync(token),
        ct);

    /// <summary>A version by its id, or null.</summary>
    public Task<DefinitionVersion?> FindByIdAsync(string id, CancellationToken ct) =>
        storage.ReadAsync((db, token) => db.Set<DefinitionVersion>().FirstOrDefaultAsync(row => row.Id == id, token), ct);

    /// <summary>The version a case is pinned to, or null when it is no interpreted definition.</summary>
    public Task<DefinitionVersion?> FindPinnedAsync(string definitionId, int number, string contentHash, CancellationToken ct) => storage.ReadAsync(
        (db, token) => db.Set<DefinitionVersion>().Where(row => row.ContentHash == contentHash)
            .OrderByDescending(row => row.DefinitionId == definitionId && row.Number == number).FirstOrDefaultAsync(token),
        ct);

    /// <summary>Versions by their ids.</summary>
    public Task<List<DefinitionVersion>> FindManyAsync(IReadOnlyCollection<string> ids, CancellationToken ct) =>
        storage.ReadAsync((db, token) => db.Set<DefinitionVersion>().Where(row => ids.Contains(row.Id)).ToListAsync(token), ct);

    /// <summary>The ids of the definitions whose latest or published version uses another one, directly or through a third.</summary>
    public async Task<IReadOnlyList<string>> ConsumersAsync(string definitionId, CancellationToken ct)
    {
        var rows = await storage.ReadAsync((db, token) => Select(db.Set<DefinitionVersion>(), "LatestOrPublished").Select(row => new { row.DefinitionId, row.Name, row.Json }).ToListAsync(token), ct);
        var uses = rows.ToLookup(row => row.DefinitionId, row => NodeIds.All(DefinitionDocument.Parse(row.Json).Root).SelectMany(References).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        var names = rows.ToLookup(row => row.DefinitionId, row => PlanCatalog.ActivityType(row.Name), StringComparer.Ordinal);
        var found = new List<string>();
        var sought = new Queue<string>([definitionId]);
        while (sought.TryDequeue(out var target))
        {
            foreach (var consumer in uses.Where(group => group.Key != definitionId && !found.Contains(group.Key) && group.Any(used => used.Contains(target) || names[target].Any(used.Contains))))
            {
                found.Add(consumer.Key);
                sought.Enqueue(consumer.Key);
            }
        }

        return found;
    }

    /// <summary>Saves what Studio sends. What Studio does not know stays as it was; a model that changes nothing saves nothing.</summary>
    public async Task<Result<DefinitionVersion>> SaveAsync(JsonObject model, bool publish, Actor actor, CancellationToken ct)
    {
        var revision = ElsaModels.TakeRevision(model);
        var latest = model["definitionId"]?.ToString() is { Length: > 0 } id ? await FindAsync(id, "Latest", ct) : null;
        if (latest is not null)
        {
            if (!publish && ElsaModels.IsUnchanged(latest, model))
            {
                return latest;
            }

            ElsaModels.KeepUnknown(latest, model);
        }

        DefinitionDocument document;
        try
        {
            ElsaModels.FillRoot(model);
            document = DefinitionDocument.From(model);
        }
        catch (DefinitionException error)
        {
            return new Refusal(error.Diagnostics[0].Code, error.Diagnostics[0].Message, "model");
        }

        if (!publish)
        {
            return await service.SaveAsync(document, revision, actor, ct);
        }

        // Checked before it is saved, so that a refused publication leaves what Studio shows and what is stored in step.
        var errors = (await service.CheckAsync(document, ct)).Where(found => found.Severity == "error").ToList();
        if (errors.Count > 0)
        {
            return Result<DefinitionVersion>.Refused([.. errors.Select(error => new Refusal(error.Code, error.Title is { Length: > 0 } name ? $"{name}: {error.Message}" : error.Message, error.Activity ?? "root"))]);
        }

        var saved = await service.SaveAsync(document, revision, actor, ct);
        return saved.TryGet(out var draft) ? await service.PublishAsync(draft.Id, null, actor, ct) : saved;
    }

    private static IEnumerable<string> References(JsonObject activity)
    {
        yield return activity["type"]?.ToString() ?? "";
        if (activity["workflowDefinitionId"] is { } used)
        {
            yield return used is JsonObject wrapped ? wrapped["expression"]?["value"]?.ToString() ?? "" : used.ToString();
        }
    }

    private static IQueryable<DefinitionVersion> Select(IQueryable<DefinitionVersion> rows, string options) => options.ToUpperInvariant() switch
    {
        "ALL" or "ALLVERSIONS" => rows,
        "PUBLISHED" => rows.Where(row => row.State == VersionState.Published),
        "DRAFT" => rows.Where(row => row.State == VersionState.Draft),
        "LATESTORPUBLISHED" => rows.Where(row => row.IsLatest || row.State == VersionState.Published),
        "LATESTANDPUBLISHED" => rows.Where(row => row.IsLatest && row.State == VersionState.Published),
        _ when int.TryParse(options, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => rows.Where(row => row.Number == number),
        _ => rows.Where(row => row.IsLatest),
    };
}

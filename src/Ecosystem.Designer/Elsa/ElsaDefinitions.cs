using System.Globalization;
using System.Text.Json.Nodes;
using Ecosystem.Designer.Components;
using Ecosystem.Workflows;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Designer.Elsa;

/// <summary>
/// Definition versions in the shape of Elsa's REST API. What a caller may do reaches Studio as <c>links</c>; a revision number travels in
/// <c>customProperties</c>, which Studio sends back, so that saving over somebody else's change is refused instead of losing it.
/// </summary>
internal sealed class ElsaDefinitions(StorageSession storage, Audit audit, TimeProvider clock)
{
    private const string Revision = "ecosystem:revision";
    private static readonly string[] AuthorLinks = ["self", "publish", "retract", "delete", "revert", "bulk-publish", "bulk-retract", "bulk-delete", "execute", "dispatch"];
    private static readonly string[] ReaderLinks = ["self"];

    /// <summary>One page of definitions.</summary>
    public async Task<JsonObject> ListAsync(string? versionOptions, string? search, IReadOnlyCollection<string> ids, int page, int size, string? orderBy, bool descending, bool author, CancellationToken ct)
    {
        var rows = await storage.ReadAsync(
            (db, token) => Select(db.Set<DefinitionVersion>(), versionOptions ?? "Latest").ToListAsync(token), ct);
        var found = rows
            .Where(row => ids.Count == 0 || ids.Contains(row.DefinitionId))
            .Where(row => string.IsNullOrWhiteSpace(search) || row.Name.Contains(search, StringComparison.OrdinalIgnoreCase) || row.DefinitionId.Contains(search, StringComparison.OrdinalIgnoreCase));
        found = orderBy?.ToUpperInvariant() switch
        {
            "CREATED" or "CREATEDAT" => found.OrderBy(row => row.CreatedAt),
            "VERSION" => found.OrderBy(row => row.Number),
            _ => found.OrderBy(row => row.Name, StringComparer.OrdinalIgnoreCase),
        };
        var all = (descending ? found.Reverse() : found).ToList();
        return new JsonObject
        {
            ["items"] = new JsonArray([.. all.Skip(page * size).Take(size).Select(row => Summary(row, author))]),
            ["totalCount"] = all.Count,
            ["count"] = all.Count,
            ["links"] = Links("/workflow-definitions", author),
        };
    }

    /// <summary>The version of a definition that the options name, or null.</summary>
    public Task<DefinitionVersion?> FindAsync(string definitionId, string? versionOptions, CancellationToken ct) => storage.ReadAsync(
        (db, token) => Select(db.Set<DefinitionVersion>().Where(row => row.DefinitionId == definitionId), versionOptions ?? "Latest")
            .OrderByDescending(row => row.Number).FirstOrDefaultAsync(token),
        ct);

    /// <summary>A version by its id, or null.</summary>
    public Task<DefinitionVersion?> FindByIdAsync(string id, CancellationToken ct) =>
        storage.ReadAsync((db, token) => db.Set<DefinitionVersion>().FirstOrDefaultAsync(row => row.Id == id, token), ct);

    /// <summary>A version as Studio reads it.</summary>
    public static JsonObject Full(DefinitionVersion row, bool author)
    {
        var json = DefinitionDocument.Parse(row.Json).Clone().Json;
        json["id"] = row.Id;
        json["definitionId"] = row.DefinitionId;
        json["name"] = row.Name;
        json["version"] = row.Number;
        json["isLatest"] = row.IsLatest;
        json["isPublished"] = row.State == VersionState.Published;
        json["isReadonly"] = false;
        json["createdAt"] = row.CreatedAt.ToString("O", CultureInfo.InvariantCulture);
        json["toolVersion"] = "3.8.2.0";
        foreach (var list in new[] { "variables", "inputs", "outputs", "outcomes" })
        {
            json[list] ??= new JsonArray();
        }

        json["options"] ??= new JsonObject();
        var custom = json["customProperties"] as JsonObject ?? [];
        custom[Revision] = row.Version.ToString(CultureInfo.InvariantCulture);
        json["customProperties"] = custom.Parent is null ? custom : custom.DeepClone();
        json["links"] = Links($"/workflow-definitions/{row.Id}", author);
        NodeIds.Fill((JsonObject)json["root"]!);
        Place(json);
        foreach (var flowchart in NodeIds.All((JsonObject)json["root"]!).Where(activity => activity["connections"] is JsonArray))
        {
            Renew((JsonArray)flowchart["connections"]!);
        }

        return json;
    }

    // Older files write {"source":"a","sourcePort":"Done",…}; Studio knows only {"source":{"activity":"a","port":"Done"},…}.
    private static void Renew(JsonArray connections)
    {
        foreach (var connection in connections.OfType<JsonObject>())
        {
            foreach (var end in new[] { "source", "target" })
            {
                if (connection[end] is JsonValue activity)
                {
                    connection[end] = new JsonObject { ["activity"] = activity.DeepClone(), ["port"] = connection[end + "Port"]?.DeepClone() ?? (end == "source" ? "Done" : "In") };
                    connection.Remove(end + "Port");
                }
            }
        }
    }

    // The canvas shows only what has a place.
    private static void Place(JsonObject json)
    {
        var activities = (json["root"]!["activities"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        if (activities.TrueForAll(activity => activity["metadata"]?["designer"]?["position"] is JsonObject))
        {
            return;
        }

        var places = ProcessMapModel.Parse(json.ToJsonString()).Nodes.ToDictionary(node => node.Id, StringComparer.Ordinal);
        foreach (var activity in activities.Where(activity => places.ContainsKey(activity["id"]?.ToString() ?? string.Empty)))
        {
            var place = places[activity["id"]!.ToString()];
            var metadata = activity["metadata"] as JsonObject ?? [];
            metadata["designer"] = new JsonObject { ["position"] = new JsonObject { ["x"] = place.X, ["y"] = place.Y } };
            activity["metadata"] = metadata.Parent is null ? metadata : metadata.DeepClone();
        }
    }

    /// <summary>Saves a model: into the draft, or as a new draft after a published version.</summary>
    public Task<Result<DefinitionVersion>> SaveAsync(JsonObject model, Actor actor, CancellationToken ct) => storage.WriteAsync<Result<DefinitionVersion>>(
        async (db, token) =>
        {
            var revision = Take(model);
            DefinitionDocument document;
            try
            {
                Fill(model);
                document = DefinitionDocument.From(model);
            }
            catch (DefinitionException error)
            {
                return new Refusal(error.Diagnostics[0].Code, error.Diagnostics[0].Message, "model");
            }

            var now = clock.GetUtcNow();
            var id = document.Json["definitionId"]?.ToString() is { Length: > 0 } known ? known : Slug(document.Name, now);
            document.Json["definitionId"] = id;
            var latest = await db.Set<DefinitionVersion>().Where(row => row.DefinitionId == id).OrderByDescending(row => row.Number).FirstOrDefaultAsync(token);
            if (latest is not null && revision is { } seen && seen != latest.Version)
            {
                return new Refusal("definition.stale", $"{latest.ChangedBy} changed this process meanwhile. Open it again and repeat your change; nothing was overwritten.");
            }

            if (latest is { State: VersionState.Draft })
            {
                document.Json["version"] = latest.Number;
                var saved = DefinitionDocument.From(document.Json);
                latest.Name = Named(saved);
                latest.Json = saved.ToJson();
                latest.ContentHash = saved.ContentHash;
                latest.ChangedAt = now;
                latest.ChangedBy = actor.Name;
                audit.Add(db, actor, "definition.saved", new Subject("definition", id), null, new { version = latest.Number });
                return latest;
            }

            var number = (latest?.Number ?? 0) + 1;
            document.Json["version"] = number;
            var draft = DefinitionDocument.From(document.Json);
            var row = new DefinitionVersion
            {
                Id = Guid.NewGuid().ToString("N"),
                DefinitionId = id,
                Number = number,
                Name = Named(draft),
                State = VersionState.Draft,
                IsLatest = true,
                ContentHash = draft.ContentHash,
                Json = draft.ToJson(),
                CreatedAt = now,
                ChangedAt = now,
                ChangedBy = actor.Name,
            };
            if (latest is not null)
            {
                latest.IsLatest = false;
            }

            db.Add(row);
            audit.Add(db, actor, "definition.drafted", new Subject("definition", id), null, new { version = number });
            return row;
        },
        ct);

    private static IQueryable<DefinitionVersion> Select(IQueryable<DefinitionVersion> rows, string options) => options.ToUpperInvariant() switch
    {
        "ALL" or "ALLVERSIONS" => rows.OrderBy(row => row.DefinitionId).ThenByDescending(row => row.Number),
        "PUBLISHED" => rows.Where(row => row.State == VersionState.Published),
        "DRAFT" => rows.Where(row => row.State == VersionState.Draft),
        "LATESTORPUBLISHED" or "LATESTANDPUBLISHED" => rows.Where(row => row.IsLatest || row.State == VersionState.Published),
        _ when int.TryParse(options, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => rows.Where(row => row.Number == number),
        _ => rows.Where(row => row.IsLatest),
    };

    private static JsonObject Summary(DefinitionVersion row, bool author)
    {
        var document = DefinitionDocument.Parse(row.Json);
        return new JsonObject
        {
            ["id"] = row.Id,
            ["definitionId"] = row.DefinitionId,
            ["name"] = row.Name,
            ["description"] = document.Description,
            ["version"] = row.Number,
            ["isLatest"] = row.IsLatest,
            ["isPublished"] = row.State == VersionState.Published,
            ["isReadonly"] = false,
            ["materializerName"] = "Json",
            ["createdAt"] = row.CreatedAt.ToString("O", CultureInfo.InvariantCulture),
            ["links"] = Links($"/workflow-definitions/{row.Id}", author),
        };
    }

    private static JsonArray Links(string href, bool author) =>
        new([.. (author ? AuthorLinks : ReaderLinks).Select(rel => new JsonObject { ["href"] = href, ["rel"] = rel, ["method"] = rel == "self" ? "GET" : "POST" })]);

    private static long? Take(JsonObject model)
    {
        var custom = model["customProperties"] as JsonObject;
        var revision = custom?[Revision]?.ToString();
        custom?.Remove(Revision);
        model.Remove("links");
        return long.TryParse(revision, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    // A new process from Studio has an empty root.
    private static void Fill(JsonObject model)
    {
        if (model["root"] is not JsonObject)
        {
            model["root"] = new JsonObject
            {
                ["type"] = "Elsa.Flowchart",
                ["version"] = 1,
                ["id"] = "flowchart",
                ["nodeId"] = "flowchart",
                ["activities"] = new JsonArray(),
                ["connections"] = new JsonArray(),
            };
        }
    }

    private static string Named(DefinitionDocument document) => document.Name.Length > 0 ? document.Name : document.DefinitionId;

    private static string Slug(string name, DateTimeOffset now)
    {
        var slug = string.Join('-', name.ToLowerInvariant().Split([.. name.Where(letter => !char.IsAsciiLetterOrDigit(letter)).Distinct().Append(' ')], StringSplitOptions.RemoveEmptyEntries));
        return slug.Length > 0 ? slug : EntityId.New("process-", now);
    }
}

using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Ecosystem.Designer.Identity;
using Ecosystem.Workflows;
using Ecosystem.Workflows.Definitions;
using Microsoft.AspNetCore.Mvc;
using IResult = Microsoft.AspNetCore.Http.IResult;

namespace Ecosystem.Designer.Elsa;

/// <summary>Elsa's import and export of definitions: one as JSON, several as a zip of JSON files.</summary>
internal static class ElsaTransferApi
{
    private const long MaxImport = 20_000_000;

    /// <summary>Which versions to export.</summary>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
    internal sealed record Many(string[]? Ids, bool IncludeConsumingWorkflows = false);

    /// <summary>Maps the calls.</summary>
    public static void Map(RouteGroupBuilder elsa)
    {
        elsa.MapGet("/workflow-definitions/{id}/export", ExportAsync);
        elsa.MapPost("/bulk-actions/export/workflow-definitions", ExportManyAsync);
        var authors = elsa.MapGroup("").RequireAuthorization(Access.Write("definitions", Access.Authors));
        authors.MapPost("/workflow-definitions/import", ImportAsync);
        authors.MapPost("/workflow-definitions/import-files", ImportFilesAsync);
    }

    private static async Task<IResult> ExportAsync(string id, string? versionOptions, bool? includeConsumingWorkflows, ElsaDefinitions definitions, CancellationToken ct)
    {
        if (await definitions.FindAsync(id, versionOptions, ct) is not { } row)
        {
            return ElsaApi.Refused(Refusal.NotFound("workflow definition", id));
        }

        return includeConsumingWorkflows == true ? Zip(await WithConsumersAsync([row], definitions, ct)) : Results.File(Encoding.UTF8.GetBytes(Json(row)), "application/json", NameOf(row));
    }

    private static async Task<IResult> ExportManyAsync(Many many, ElsaDefinitions definitions, CancellationToken ct)
    {
        IReadOnlyList<DefinitionVersion> rows = await definitions.FindManyAsync(many.Ids ?? [], ct);
        return Zip(many.IncludeConsumingWorkflows ? await WithConsumersAsync(rows, definitions, ct) : rows);
    }

    private static async Task<IResult> ImportAsync(JsonObject model, ElsaDefinitions definitions, HttpContext http, CancellationToken ct)
    {
        var saved = await ImportOneAsync(model, definitions, http.Actor(), ct);
        return saved.TryGet(out var row) ? Results.Json(ElsaModels.Full(row, http.IsAuthor())) : ElsaApi.Refused(saved);
    }

    private static async Task<IResult> ImportFilesAsync([FromForm] IFormFileCollection files, ElsaDefinitions definitions, HttpContext http, CancellationToken ct)
    {
        var models = new List<JsonObject>();
        foreach (var file in files)
        {
            try
            {
                await using var stream = file.OpenReadStream();
                models.AddRange(await ReadAsync(stream, file.FileName, ct));
            }
            catch (Exception error) when (error is JsonException or InvalidDataException or DefinitionException)
            {
                return ElsaApi.Refused(new Refusal("definition.not-readable", $"{file.FileName}: {error.Message} Nothing was imported.", "files"));
            }
        }

        foreach (var model in models)
        {
            var saved = await ImportOneAsync(model, definitions, http.Actor(), ct);
            if (!saved.TryGet(out _))
            {
                return ElsaApi.Refused(saved);
            }
        }

        return Results.Json(new { count = models.Count });
    }

    private static async Task<List<JsonObject>> ReadAsync(Stream stream, string name, CancellationToken ct)
    {
        if (!name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        {
            using var reader = new StreamReader(stream);
            return [DefinitionDocument.Parse(await reader.ReadToEndAsync(ct)).Json];
        }

        var models = new List<JsonObject>();
        await using var archive = new ZipArchive(stream, ZipArchiveMode.Read);
        if (archive.Entries.Sum(entry => entry.Length) > MaxImport)
        {
            throw new InvalidDataException($"The archive unpacks to more than {MaxImport / 1_000_000} MB.");
        }

        foreach (var entry in archive.Entries.Where(entry => entry.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)))
        {
            await using var content = await entry.OpenAsync(ct);
            models.AddRange(await ReadAsync(content, entry.Name, ct));
        }

        return models;
    }

    // An import stands on the latest state of its definition by intention: it is how somebody else's version is brought in. The draft it lands in is
    // never somebody else's unsaved work, which the save refuses to overwrite.
    private static async Task<Result<DefinitionVersion>> ImportOneAsync(JsonObject model, ElsaDefinitions definitions, Actor actor, CancellationToken ct)
    {
        var copy = (JsonObject)model.DeepClone();
        copy.Remove("$schema");
        ElsaModels.TakeRevision(copy);
        return await definitions.SaveAsync(copy, false, actor, ct);
    }

    private static async Task<IReadOnlyList<DefinitionVersion>> WithConsumersAsync(IReadOnlyList<DefinitionVersion> rows, ElsaDefinitions definitions, CancellationToken ct)
    {
        var all = new List<DefinitionVersion>(rows);
        foreach (var id in rows.Select(row => row.DefinitionId).Distinct(StringComparer.Ordinal))
        {
            foreach (var consumer in await definitions.ConsumersAsync(id, ct))
            {
                if (all.TrueForAll(row => row.DefinitionId != consumer) && await definitions.FindAsync(consumer, "Latest", ct) is { } row)
                {
                    all.Add(row);
                }
            }
        }

        return all;
    }

    private static IResult Zip(IReadOnlyList<DefinitionVersion> rows)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var row in rows)
            {
                using var entry = archive.CreateEntry(NameOf(row)).Open();
                entry.Write(Encoding.UTF8.GetBytes(Json(row)));
            }
        }

        stream.Position = 0;
        return Results.File(stream, "application/zip", "workflow-definitions.zip");
    }

    private static string Json(DefinitionVersion row)
    {
        var document = DefinitionDocument.Parse(row.Json);
        document.Json["id"] = row.Id;
        document.Json["definitionId"] = row.DefinitionId;
        document.Json["version"] = row.Number;
        document.Json["isLatest"] = row.IsLatest;
        document.Json["isPublished"] = row.State == VersionState.Published;
        return document.ToJson();
    }

    private static string NameOf(DefinitionVersion row) => $"{row.DefinitionId}-v{row.Number}.json";
}

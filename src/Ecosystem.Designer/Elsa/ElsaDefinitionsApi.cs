using System.Text.Json.Nodes;
using Ecosystem.Designer.Identity;
using Ecosystem.Workflows;
using Ecosystem.Workflows.Definitions;
using Microsoft.AspNetCore.Mvc;
using IResult = Microsoft.AspNetCore.Http.IResult;

namespace Ecosystem.Designer.Elsa;

/// <summary><c>workflow-definitions</c> of Elsa's API: reading and saving.</summary>
internal static class ElsaDefinitionsApi
{
    /// <summary>Maps the calls.</summary>
    public static void Map(RouteGroupBuilder elsa)
    {
        var definitions = elsa.MapGroup("/workflow-definitions");
        definitions.MapGet("", ListAsync);
        definitions.MapGet("/query/count", async (ElsaDefinitions all, CancellationToken ct) => new { count = (await all.ListAsync(Named(null, "Latest"), ct)).Total });
        definitions.MapGet("/validation/is-name-unique", IsUniqueAsync);
        definitions.MapGet("/by-definition-id/{id}", async (string id, string? versionOptions, ElsaDefinitions all, HttpContext http, CancellationToken ct) =>
            Answer(await all.FindAsync(id, versionOptions, ct), id, http));
        definitions.MapGet("/by-id/{id}", async (string id, ElsaDefinitions all, HttpContext http, CancellationToken ct) => Answer(await all.FindByIdAsync(id, ct), id, http));
        definitions.MapGet("/many-by-id", ManyAsync);
        definitions.MapGet("/subgraph/{id}", SubgraphAsync);
        definitions.MapGet("/subgraph/segments/{id}", SegmentsAsync);
        definitions.MapGet("/{id}/consumers", async (string id, ElsaDefinitions all, CancellationToken ct) => new { consumingWorkflowDefinitionIds = await all.ConsumersAsync(id, ct) });
        definitions.MapPost("", SaveAsync).RequireAuthorization(Access.Write("definitions", Access.Authors));
    }

    /// <summary>What saving and publishing answer.</summary>
    public static async Task<JsonObject> SavedAsync(DefinitionVersion row, bool already, ElsaDefinitions definitions, HttpContext http, CancellationToken ct) => new()
    {
        ["workflowDefinition"] = ElsaModels.Full(row, http.IsAuthor()),
        ["alreadyPublished"] = already,
        ["consumingWorkflowCount"] = row.State == VersionState.Published ? (await definitions.ConsumersAsync(row.DefinitionId, ct)).Count : 0,
    };

    private static async Task<JsonObject> ListAsync(
        ElsaDefinitions definitions, HttpContext http, string? versionOptions, string? searchTerm, [FromQuery] string[]? definitionIds, [FromQuery] string[]? ids,
        bool? isSystem, int? page, int? pageSize, string? orderBy, string? orderDirection, CancellationToken ct)
    {
        var size = Math.Clamp(pageSize ?? 100, 1, 1000);
        var query = new ElsaDefinitions.Query(
            versionOptions, searchTerm, Split(definitionIds), Split(ids), Math.Max(page ?? 0, 0), size, orderBy, string.Equals(orderDirection, "Descending", StringComparison.OrdinalIgnoreCase));
        var (rows, total) = isSystem == true ? ([], 0) : await definitions.ListAsync(query, ct);
        return new JsonObject
        {
            ["items"] = new JsonArray([.. rows.Select(row => ElsaModels.Summary(row, http.IsAuthor()))]),
            ["page"] = query.Page,
            ["pageSize"] = size,
            ["totalCount"] = total,
            ["count"] = total,
            ["links"] = ElsaModels.Links("/workflow-definitions", http.IsAuthor()),
        };
    }

    private static async Task<object> IsUniqueAsync(string name, string? definitionId, ElsaDefinitions definitions, CancellationToken ct)
    {
        var (rows, _) = await definitions.ListAsync(Named(name, "Latest"), ct);
        return new { isUnique = !rows.Any(row => string.Equals(row.Name, name.Trim(), StringComparison.OrdinalIgnoreCase) && row.DefinitionId != definitionId) };
    }

    private static async Task<JsonObject> ManyAsync(ElsaDefinitions definitions, HttpContext http, [FromQuery] string[]? ids, CancellationToken ct) =>
        ElsaApi.Items((await definitions.FindManyAsync(Split(ids), ct)).Select(row => ElsaModels.Full(row, http.IsAuthor())));

    private static async Task<IResult> SubgraphAsync(string id, string? parentNodeId, ElsaDefinitions definitions, HttpContext http, CancellationToken ct)
    {
        if (await FindAnyAsync(id, definitions, ct) is not { } row)
        {
            return ElsaApi.Refused(Refusal.NotFound("workflow definition", id));
        }

        var root = (JsonObject)ElsaModels.Full(row, http.IsAuthor())["root"]!;
        return NodeIds.Graph(root, parentNodeId) is { } graph
            ? Results.Json(graph)
            : ElsaApi.Refused(Refusal.NotFound("activity", parentNodeId!));
    }

    private static async Task<IResult> SegmentsAsync(string id, string? childNodeId, ElsaDefinitions definitions, HttpContext http, CancellationToken ct)
    {
        if (await FindAnyAsync(id, definitions, ct) is not { } row)
        {
            return ElsaApi.Refused(Refusal.NotFound("workflow definition", id));
        }

        var root = (JsonObject)ElsaModels.Full(row, http.IsAuthor())["root"]!;
        return NodeIds.Segments(root, childNodeId) is { } segments
            ? Results.Json(segments)
            : ElsaApi.Refused(Refusal.NotFound("activity", childNodeId ?? ""));
    }

    private static async Task<IResult> SaveAsync(JsonObject body, ElsaDefinitions definitions, HttpContext http, CancellationToken ct)
    {
        if (body["model"] is not JsonObject model)
        {
            return ElsaApi.Refused(new Refusal("definition.no-model", "The body needs a model: {\"model\":{…},\"publish\":false}.", "model"));
        }

        var publish = body["publish"]?.GetValueKind() == System.Text.Json.JsonValueKind.True;
        var saved = await definitions.SaveAsync((JsonObject)model.DeepClone(), publish, http.Actor(), ct);
        return saved.TryGet(out var row) ? Results.Json(await SavedAsync(row, false, definitions, http, ct)) : ElsaApi.Refused(saved);
    }

    private static async Task<DefinitionVersion?> FindAnyAsync(string id, ElsaDefinitions definitions, CancellationToken ct) =>
        await definitions.FindByIdAsync(id, ct) ?? await definitions.FindAsync(id, "Latest", ct);

    private static ElsaDefinitions.Query Named(string? name, string versions) => new(versions, name, [], [], 0, int.MaxValue, null, false);

    // Studio repeats the parameter; other clients separate by commas.
    private static string[] Split(string[]? values) => [.. (values ?? []).SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    private static IResult Answer(DefinitionVersion? row, string id, HttpContext http) =>
        row is null ? ElsaApi.Refused(Refusal.NotFound("workflow definition", id)) : Results.Json(ElsaModels.Full(row, http.IsAuthor()));
}

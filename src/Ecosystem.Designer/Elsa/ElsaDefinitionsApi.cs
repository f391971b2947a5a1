using System.Text.Json.Nodes;
using Ecosystem.Designer.Identity;
using Ecosystem.Workflows.Definitions;
using Microsoft.AspNetCore.Mvc;

namespace Ecosystem.Designer.Elsa;

/// <summary><c>workflow-definitions</c> of Elsa's API.</summary>
internal static class ElsaDefinitionsApi
{
    /// <summary>Maps the calls.</summary>
    public static void Map(RouteGroupBuilder elsa)
    {
        elsa.MapGet("/workflow-definitions", ListAsync);
        elsa.MapGet("/workflow-definitions/query/count", async (ElsaDefinitions definitions, CancellationToken ct) =>
            new { count = (await definitions.ListAsync("Latest", null, [], 0, int.MaxValue, null, false, false, ct))["totalCount"] });
        elsa.MapGet("/workflow-definitions/validation/is-name-unique", async (string name, string? definitionId, ElsaDefinitions definitions, CancellationToken ct) =>
            new { isUnique = !(await definitions.ListAsync("Latest", name, [], 0, int.MaxValue, null, false, false, ct))["items"]!.AsArray().Any(item =>
                string.Equals(item!["name"]!.ToString(), name, StringComparison.OrdinalIgnoreCase) && item["definitionId"]!.ToString() != definitionId) });
        elsa.MapGet("/workflow-definitions/by-definition-id/{id}", async (string id, string? versionOptions, ElsaDefinitions definitions, HttpContext http, CancellationToken ct) =>
            Answer(await definitions.FindAsync(id, versionOptions, ct), http));
        elsa.MapGet("/workflow-definitions/by-id/{id}", async (string id, ElsaDefinitions definitions, HttpContext http, CancellationToken ct) =>
            Answer(await definitions.FindByIdAsync(id, ct), http));
        elsa.MapGet("/workflow-definitions/many-by-id", ManyAsync);
        elsa.MapGet("/workflow-definitions/{id}/consumers", () => new { consumingWorkflowDefinitionIds = Array.Empty<string>() });
        elsa.MapGet("/workflow-definitions/{id}/export", ExportAsync);
        elsa.MapPost("/workflow-definitions", SaveAsync).RequireAuthorization(Access.Write("definitions", Access.Authors));
    }

    private static Task<JsonObject> ListAsync(
        ElsaDefinitions definitions, HttpContext http, string? versionOptions, string? searchTerm, [FromQuery(Name = "definitionIds")] string[]? ids,
        int? page, int? pageSize, string? orderBy, string? orderDirection, CancellationToken ct) =>
        definitions.ListAsync(
            versionOptions, searchTerm, ids ?? [], page ?? 0, pageSize ?? 100, orderBy,
            string.Equals(orderDirection, "Descending", StringComparison.OrdinalIgnoreCase), http.IsAuthor(), ct);

    private static async Task<JsonObject> ManyAsync(ElsaDefinitions definitions, HttpContext http, [FromQuery(Name = "ids")] string[] ids, CancellationToken ct)
    {
        var found = new List<JsonNode>();
        foreach (var id in ids)
        {
            if (await definitions.FindByIdAsync(id, ct) is { } row)
            {
                found.Add(ElsaDefinitions.Full(row, http.IsAuthor()));
            }
        }

        return ElsaApi.Items(found);
    }

    private static async Task<IResult> ExportAsync(string id, string? versionOptions, ElsaDefinitions definitions, CancellationToken ct)
    {
        if (await definitions.FindAsync(id, versionOptions, ct) is not { } row)
        {
            return Results.NotFound();
        }

        return Results.File(System.Text.Encoding.UTF8.GetBytes(DefinitionDocument.Parse(row.Json).ToJson()), "application/json", $"{row.DefinitionId}-v{row.Number}.json");
    }

    private static async Task<IResult> SaveAsync(JsonObject body, ElsaDefinitions definitions, HttpContext http, CancellationToken ct)
    {
        if (body["model"] is not JsonObject model)
        {
            return Results.BadRequest(new { message = "The body needs a model: {\"model\":{…},\"publish\":false}." });
        }

        var saved = await definitions.SaveAsync((JsonObject)model.DeepClone(), http.Actor(), ct);
        return saved.TryGet(out var row) ? Results.Json(ElsaDefinitions.Full(row, http.IsAuthor())) : ElsaApi.Refused(saved);
    }

    private static IResult Answer(DefinitionVersion? row, HttpContext http) => row is null ? Results.NotFound() : Results.Json(ElsaDefinitions.Full(row, http.IsAuthor()));
}

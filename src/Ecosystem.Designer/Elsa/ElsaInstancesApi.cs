using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Ecosystem.Designer.Identity;
using Ecosystem.Workflows;
using Ecosystem.Workflows.Definitions;
using IResult = Microsoft.AspNetCore.Http.IResult;

namespace Ecosystem.Designer.Elsa;

/// <summary><c>workflow-instances</c> of Elsa's API.</summary>
internal static class ElsaInstancesApi
{
    private const string Reason = "Cancelled in the designer";

    /// <summary>Which lines of the journal.</summary>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
    internal sealed record JournalFilter(string[]? ActivityIds, string[]? ActivityNodeIds, string[]? ExcludedActivityTypes, string[]? EventNames);

    /// <summary>The body of a filtered journal.</summary>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
    internal sealed record JournalQuery(JournalFilter? Filter);

    /// <summary>Which instances a bulk action is for.</summary>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
    internal sealed record Many(string[]? Ids, string? DefinitionVersionId, string? DefinitionId);

    /// <summary>Maps the calls.</summary>
    public static void Map(RouteGroupBuilder elsa)
    {
        var instances = elsa.MapGroup("/workflow-instances");
        instances.MapPost("", ListAsync);
        instances.MapGet("", (ElsaInstances all, HttpContext http, [AsParameters] ListQuery query, CancellationToken ct) => ListAsync(query.ToQuery(), all, http, ct));
        instances.MapGet("/{id}", async (string id, ElsaInstances all, HttpContext http, CancellationToken ct) =>
            await all.FindAsync(id, http.Actor(), ct) is { } loaded ? Results.Json(await all.FullAsync(loaded, ct)) : Missing(id));
        instances.MapGet("/{id}/journal", (string id, int? skip, int? take, ElsaInstances all, HttpContext http, CancellationToken ct) => JournalAsync(id, null, skip, take, all, http, ct));
        instances.MapPost("/{id}/journal", (string id, JournalQuery? query, int? skip, int? take, ElsaInstances all, HttpContext http, CancellationToken ct) =>
            JournalAsync(id, query?.Filter, skip, take, all, http, ct));
        instances.MapGet("/{id}/execution-state", StateAsync);
        instances.MapGet("/{id}/variables", VariablesAsync);
        instances.MapPost("/{id}/variables", (string id) => Kept("instance.variables-read-only", "Variables of a running case are set by its process, so that every change is in its history. Answer or skip the step that sets them.", id));
        instances.MapGet("/{id}/export", ExportAsync);
        elsa.MapPost("/bulk-actions/export/workflow-instances", ExportManyAsync);
        var authors = elsa.MapGroup("").RequireAuthorization(Access.Write("definitions", Access.Authors));
        authors.MapPost("/cancel/workflow-instances/{id}", CancelAsync);
        authors.MapPost("/bulk-actions/cancel/workflow-instances", CancelManyAsync);
        authors.MapDelete("/workflow-instances/{id}", (string id) => Kept("instance.kept", "A case is evidence of decisions and payments, so it is kept. Cancel it when it must not go on.", id));
        authors.MapPost("/bulk-actions/delete/workflow-instances/by-id", () => Kept("instance.kept", "Cases are evidence of decisions and payments, so they are kept. Cancel those that must not go on.", null));
        authors.MapPost("/bulk-actions/import/workflow-instances", () => Kept("instance.not-imported", "A running case cannot be brought in from a file: its state belongs to the service that runs it.", null));
    }

    /// <summary>What a list can be asked for in the address.</summary>
    internal sealed record ListQuery(int? Page, int? PageSize, string? SearchTerm, string? DefinitionId, string? CorrelationId, string? Status, string? SubStatus, bool? HasIncidents, string? OrderBy, string? OrderDirection)
    {
        /// <summary>The same as a body would say it.</summary>
        public ElsaInstances.Query ToQuery() => new()
        {
            Page = Page, PageSize = PageSize, SearchTerm = SearchTerm, DefinitionId = DefinitionId, CorrelationId = CorrelationId, Status = Status, SubStatus = SubStatus,
            HasIncidents = HasIncidents, OrderBy = OrderBy, OrderDirection = OrderDirection,
        };
    }

    private static Task<JsonObject> ListAsync(ElsaInstances.Query query, ElsaInstances instances, HttpContext http, CancellationToken ct) =>
        instances.ListAsync(query, http.Actor(), http.IsAuthor(), ct);

    private static async Task<IResult> JournalAsync(string id, JournalFilter? filter, int? skip, int? take, ElsaInstances instances, HttpContext http, CancellationToken ct)
    {
        if (await instances.FindAsync(id, http.Actor(), ct) is not { } loaded)
        {
            return Missing(id);
        }

        var log = ElsaExecutions.Log(loaded).Where(record =>
            In(filter?.ActivityIds, record["activityId"]) && In(filter?.ActivityNodeIds, record["nodeId"]) && In(filter?.EventNames, record["eventName"])
            && filter?.ExcludedActivityTypes?.Contains(record["activityType"]!.ToString()) != true).ToList();
        return Results.Json(new JsonObject
        {
            ["items"] = new JsonArray([.. log.Skip(skip ?? 0).Take(take ?? int.MaxValue)]),
            ["count"] = log.Count,
            ["totalCount"] = log.Count,
        });

        static bool In(string[]? wanted, JsonNode? value) => wanted is null or [] || wanted.Contains(value!.ToString());
    }

    private static async Task<IResult> StateAsync(string id, ElsaInstances instances, HttpContext http, CancellationToken ct)
    {
        if (await instances.FindRecordAsync(id, http.Actor(), ct) is not { } record)
        {
            return Missing(id);
        }

        var (status, subStatus) = ElsaInstances.StatusOf(record);
        return Results.Json(new { status, subStatus, workflowSubStatus = subStatus, updatedAt = ElsaModels.Time(record.ChangedAt) });
    }

    private static async Task<IResult> VariablesAsync(string id, ElsaInstances instances, HttpContext http, CancellationToken ct)
    {
        if (await instances.FindRecordAsync(id, http.Actor(), ct) is not { } record)
        {
            return Missing(id);
        }

        var variables = (await instances.ContentAsync(record, ct))?.Variables ?? [];
        return Results.Json(ElsaApi.Items(variables.Select(variable => new JsonObject { ["id"] = variable.Id, ["name"] = variable.Name, ["typeName"] = variable.TypeName, ["value"] = variable.Value?.DeepClone() })));
    }

    private static async Task<IResult> ExportAsync(string id, ElsaInstances instances, HttpContext http, CancellationToken ct) =>
        await instances.FindAsync(id, http.Actor(), ct) is { } loaded
            ? Results.File(Encoding.UTF8.GetBytes((await WholeAsync(loaded, instances, ct)).ToJsonString()), "application/json", $"workflow-instance-{id}.json")
            : Missing(id);

    private static async Task<IResult> ExportManyAsync(Many many, ElsaInstances instances, HttpContext http, CancellationToken ct)
    {
        var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var id in (many.Ids ?? []).Take(500))
            {
                if (await instances.FindAsync(id, http.Actor(), ct) is { } loaded)
                {
                    await using var entry = await archive.CreateEntry($"workflow-instance-{id}.json").OpenAsync(ct);
                    await entry.WriteAsync(Encoding.UTF8.GetBytes((await WholeAsync(loaded, instances, ct)).ToJsonString()), ct);
                }
            }
        }

        stream.Position = 0;
        return Results.File(stream, "application/zip", "workflow-instances.zip");
    }

    private static async Task<JsonObject> WholeAsync(ElsaInstances.Loaded loaded, ElsaInstances instances, CancellationToken ct)
    {
        var content = await instances.ContentAsync(loaded.Record, ct);
        return new JsonObject
        {
            ["workflowState"] = (await instances.FullAsync(loaded, ct))["workflowState"]!.DeepClone(),
            ["activityExecutionRecords"] = new JsonArray([.. ElsaExecutions.Of(loaded).Select(execution => ElsaExecutions.Record(execution, content, whole: true))]),
            ["workflowExecutionLogRecords"] = new JsonArray([.. ElsaExecutions.Log(loaded)]),
        };
    }

    private static async Task<IResult> CancelAsync(string id, ElsaInstances instances, CaseCommands commands, HttpContext http, CancellationToken ct)
    {
        if (await instances.FindRecordAsync(id, http.Actor(), ct) is not { } record)
        {
            return Missing(id);
        }

        var cancelled = await commands.CancelAsync(record.Id, Reason, http.Actor(), ct);
        return cancelled.TryGet(out _) ? Results.NoContent() : ElsaApi.Refused(cancelled);
    }

    private static async Task<IResult> CancelManyAsync(Many many, ElsaInstances instances, ElsaDefinitions definitions, CaseCommands commands, HttpContext http, CancellationToken ct)
    {
        var ids = (many.Ids ?? []).Where(EntityId.IsValid).Select(id => new CaseId(id)).ToList();
        if (many.DefinitionVersionId is { Length: > 0 } versionId && await definitions.FindByIdAsync(versionId, ct) is { } version)
        {
            ids.AddRange(await instances.RunningAsync(version.DefinitionId, version.Number, http.Actor(), ct));
        }
        else if (many.DefinitionId is { Length: > 0 } definitionId)
        {
            ids.AddRange(await instances.RunningAsync(definitionId, null, http.Actor(), ct));
        }

        var cancelled = 0;
        foreach (var id in ids.Distinct())
        {
            cancelled += (await commands.CancelAsync(id, Reason, http.Actor(), ct)).TryGet(out _) ? 1 : 0;
        }

        return Results.Json(new { cancelledCount = cancelled });
    }

    private static IResult Missing(string id) => ElsaApi.Refused(Refusal.NotFound("workflow instance", id));

    private static IResult Kept(string code, string message, string? id) => ElsaApi.Refused(new Refusal(code, id is null ? message : $"{id}: {message}"));
}

using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Ecosystem.Designer.Identity;
using Ecosystem.Workflows;
using IResult = Microsoft.AspNetCore.Http.IResult;

namespace Ecosystem.Designer.Elsa;

/// <summary><c>activity-executions</c> of Elsa's API: what the viewer shows on the canvas and of a chosen activity.</summary>
internal static class ElsaExecutionsApi
{
    /// <summary>Which activities of which case.</summary>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
    internal sealed record Report(string WorkflowInstanceId, string[]? ActivityNodeIds);

    /// <summary>Maps the calls.</summary>
    public static void Map(RouteGroupBuilder elsa)
    {
        elsa.MapPost("/activity-executions/report", async (Report report, ElsaInstances instances, HttpContext http, CancellationToken ct) =>
            await instances.FindAsync(report.WorkflowInstanceId, http.Actor(), ct) is { } loaded
                ? Results.Json(new JsonObject { ["stats"] = new JsonArray([.. ElsaExecutions.Stats(ElsaExecutions.Of(loaded), report.ActivityNodeIds)]) })
                : Missing(report.WorkflowInstanceId));
        elsa.MapGet("/activity-executions/list", (string workflowInstanceId, string? activityNodeId, ElsaInstances instances, HttpContext http, CancellationToken ct) =>
            ListAsync(workflowInstanceId, activityNodeId, true, instances, http, ct));
        elsa.MapGet("/activity-execution-summaries/list", (string workflowInstanceId, string? activityNodeId, ElsaInstances instances, HttpContext http, CancellationToken ct) =>
            ListAsync(workflowInstanceId, activityNodeId, false, instances, http, ct));
        elsa.MapGet("/activity-executions/by-id", OneAsync);
        elsa.MapGet("/activity-executions/{id}", OneAsync);
        elsa.MapGet("/activity-executions/{id}/call-stack", StackAsync);
        elsa.MapGet("/resilience/retries/{id}", (string id) => ElsaApi.Items([]));
    }

    private static async Task<IResult> ListAsync(string workflowInstanceId, string? activityNodeId, bool whole, ElsaInstances instances, HttpContext http, CancellationToken ct)
    {
        if (await instances.FindAsync(workflowInstanceId, http.Actor(), ct) is not { } loaded)
        {
            return Missing(workflowInstanceId);
        }

        var content = whole ? await instances.ContentAsync(loaded.Record, ct) : null;
        return Results.Json(ElsaApi.Items(ElsaExecutions.Of(loaded)
            .Where(execution => activityNodeId is null or "" || execution.NodeId == activityNodeId)
            .Select(execution => ElsaExecutions.Record(execution, content, whole))));
    }

    private static async Task<IResult> OneAsync(string id, ElsaInstances instances, HttpContext http, CancellationToken ct) =>
        await FindAsync(id, instances, http, ct) is ({ } loaded, { } execution)
            ? Results.Json(ElsaExecutions.Record(execution, await instances.ContentAsync(loaded.Record, ct), whole: true))
            : Missing(id);

    // Nothing in a case calls another execution: the stack is the execution itself.
    private static async Task<IResult> StackAsync(string id, ElsaInstances instances, HttpContext http, CancellationToken ct) =>
        await FindAsync(id, instances, http, ct) is ({ }, { } execution)
            ? Results.Json(new JsonObject { ["activityExecutionId"] = id, ["items"] = new JsonArray(ElsaExecutions.Record(execution, null, whole: true)), ["totalCount"] = 1 })
            : Missing(id);

    private static async Task<(ElsaInstances.Loaded? Loaded, ElsaExecutions.Execution? Execution)> FindAsync(string id, ElsaInstances instances, HttpContext http, CancellationToken ct)
    {
        var dot = id.LastIndexOf('.');
        var loaded = dot < 0 ? null : await instances.FindAsync(id[..dot], http.Actor(), ct);
        return (loaded, loaded is null ? null : ElsaExecutions.Of(loaded).Find(execution => execution.Id == id));
    }

    private static IResult Missing(string id) => ElsaApi.Refused(Refusal.NotFound("execution", id));
}

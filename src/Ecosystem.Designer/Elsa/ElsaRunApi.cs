using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Ecosystem.Designer.Identity;
using Ecosystem.Workflows;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Storage;
using Ecosystem.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;
using IResult = Microsoft.AspNetCore.Http.IResult;

namespace Ecosystem.Designer.Elsa;

/// <summary>Elsa's calls that start cases, try a single activity, and report a task of <c>RunTask</c> done.</summary>
internal static class ElsaRunApi
{
    private const string InstanceHeader = "x-elsa-workflow-instance-id";
    private const string RefusedHeader = "x-elsa-workflow-cannot-start";

    /// <summary>How to start a case.</summary>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
    internal sealed record Start(string? InstanceId, string? CorrelationId, string? TriggerActivityId, JsonObject? Input);

    /// <summary>What a task gave.</summary>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
    internal sealed record TaskResult(JsonNode? Result);

    /// <summary>Maps the calls.</summary>
    public static void Map(RouteGroupBuilder elsa)
    {
        var authors = elsa.MapGroup("").RequireAuthorization(Access.Write("definitions", Access.Authors));
        authors.MapPost("/workflow-definitions/{id}/execute", StartAsync);
        authors.MapPost("/workflow-definitions/{id}/dispatch", StartAsync);
        authors.MapPost("/tests/activities", TryAsync);
        elsa.MapPost("/tasks/{id}/complete", CompleteAsync).RequireAuthorization(Access.Write("tasks"));
    }

    // A case runs on the published version; without one there is nothing that has passed the checks.
    private static async Task<IResult> StartAsync(
        string id, Start? start, ElsaDefinitions definitions, CaseLauncher launcher, StorageSession storage, HttpContext http, CancellationToken ct)
    {
        if (await definitions.FindAsync(id, "Latest", ct) is null)
        {
            return ElsaApi.Refused(Refusal.NotFound("workflow definition", id));
        }

        if (await definitions.FindAsync(id, "Published", ct) is null)
        {
            http.Response.Headers[RefusedHeader] = "true";
            return ElsaApi.Refused(new Refusal("definition.not-published", $"No version of '{id}' is published. Publish it, then run it."));
        }

        if (start?.InstanceId is { Length: > 0 } wanted && !EntityId.IsValid(wanted))
        {
            return ElsaApi.Refused(new Refusal("case.bad-id", "The instance id may have letters, digits, '.', '_' and '-' only.", "instanceId"));
        }

        var input = start?.Input ?? [];
        var partner = input["partnerId"]?.ToString() is { } text && EntityId.IsValid(text) ? new PartnerId(text) : (PartnerId?)null;
        var caseId = await storage.WriteAsync(
            (db, token) => launcher.AddAsync(
                db, id, SubjectOf(start, input, partner), partner, input, start?.InstanceId is { Length: > 0 } given ? new CaseId(given) : null, start?.TriggerActivityId, token),
            ct);
        http.Response.Headers[RefusedHeader] = "false";
        http.Response.Headers[InstanceHeader] = caseId.Value;
        return Results.Json(new { workflowInstanceId = caseId.Value, workflowState = new { id = caseId.Value, definitionId = id, status = "Running", subStatus = "Pending" } });
    }

    private static Subject SubjectOf(Start? start, JsonObject input, PartnerId? partner) => (input["subjectKind"]?.ToString(), input["subjectId"]?.ToString()) switch
    {
        ({ Length: > 0 } kind, { Length: > 0 } subject) => new Subject(kind, subject),
        _ when partner is { } who => new Subject("partner", who.Value),
        _ => new Subject("run", start?.CorrelationId is { Length: > 0 } correlation ? correlation : "designer"),
    };

    // Runs one activity alone, in virtual time, without touching anything: what the Test tab shows.
    private static async Task<IResult> TryAsync(JsonObject body, ElsaDefinitions definitions, StepCatalog steps, TimeProvider clock, CancellationToken ct)
    {
        var handle = body["workflowDefinitionHandle"] as JsonObject ?? [];
        var row = handle["definitionVersionId"]?.ToString() is { Length: > 0 } version
            ? await definitions.FindByIdAsync(version, ct)
            : await definitions.FindAsync(handle["definitionId"]?.ToString() ?? "", "Latest", ct);
        if (row is null)
        {
            return ElsaApi.Refused(Refusal.NotFound("workflow definition", handle.ToJsonString()));
        }

        var json = ElsaModels.Full(row, false);
        var wanted = body["activityHandle"] as JsonObject ?? [];
        var activity = NodeIds.All((JsonObject)json["root"]!).FirstOrDefault(candidate =>
            candidate["id"]?.ToString() == wanted["activityId"]?.ToString() || (wanted["activityNodeId"] is { } node && candidate["nodeId"]?.ToString() == node.ToString()));
        if (activity is null)
        {
            return ElsaApi.Refused(Refusal.NotFound("activity", wanted["activityId"]?.ToString() ?? ""));
        }

        json["root"] = activity.DeepClone();
        try
        {
            var plan = ProcessPlan.Read(DefinitionDocument.From(json));
            var run = new HeadlessRun(new PlanCatalog([plan]), steps, new HeadlessAnswers(null), clock.GetUtcNow());
            var engine = run.Execute(plan, new Dictionary<string, object?>());
            var outputs = engine.Top.OwnFrame!.ActivityOutputs.TryGetValue(activity["id"]!.ToString(), out var put) ? Values.ToJsonObject(put) : [];
            var failure = engine.Incidents.FirstOrDefault();
            var outcomes = engine.Journal.LastOrDefault(entry => entry.ActivityId == activity["id"]!.ToString())?.Outcome;
            return Results.Json(new JsonObject
            {
                ["activityState"] = ElsaExecutions.DeclaredInputs(activity),
                ["payload"] = outcomes is null ? new JsonObject() : new JsonObject { ["outcomes"] = outcomes, ["lines"] = string.Join('\n', run.Lines) },
                ["outputs"] = outputs,
                ["exception"] = failure is null ? null : ElsaInstances.Exception(failure.Message),
                ["status"] = failure is not null ? "Faulted" : engine.Status == ProcessStatus.Running ? "Running" : "Completed",
            });
        }
        catch (DefinitionException error)
        {
            return ElsaApi.Refused(new Refusal(error.Diagnostics[0].Code, error.Diagnostics[0].ToString(), "activity"));
        }
    }

    // A task of RunTask is an event its case waits for, known by the case's request; anything else is a human task.
    private static async Task<IResult> CompleteAsync(string id, TaskResult? result, TaskService tasks, CaseEvents events, StorageSession storage, HttpContext http, CancellationToken ct)
    {
        if (!EntityId.IsValid(id))
        {
            return ElsaApi.Refused(Refusal.NotFound("task", id));
        }

        var dot = id.LastIndexOf('.');
        if (http.IsAuthor() && dot > 0 && long.TryParse(id.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var request))
        {
            var caseId = new CaseId(id[..dot]);
            var raised = await storage.WriteAsync(
                async (db, token) =>
                {
                    if (await db.Set<EventSubscription>().FirstOrDefaultAsync(waiting => waiting.CaseId == caseId && waiting.Request == request, token) is not { } waiting)
                    {
                        return false;
                    }

                    events.Add(db, caseId, waiting.Name, new JsonObject { ["result"] = result?.Result?.DeepClone() });
                    return true;
                },
                ct);
            if (raised)
            {
                return Results.NoContent();
            }
        }

        var data = result?.Result as JsonObject ?? (result?.Result is { } plain ? new JsonObject { ["result"] = plain.DeepClone() } : null);
        var done = await tasks.CompleteAsync(new TaskId(id), "Done", data, null, http.Actor(), ct);
        return done.TryGet(out _) ? Results.NoContent() : ElsaApi.Refused(done);
    }
}

using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Ecosystem.Designer.Identity;
using Ecosystem.Workflows;
using Ecosystem.Workflows.Definitions;
using IResult = Microsoft.AspNetCore.Http.IResult;

namespace Ecosystem.Designer.Elsa;

/// <summary>Elsa's alterations: retrying failed steps and cancelling. What would change a case behind its history's back is refused, with what to do instead.</summary>
internal static class ElsaAlterationsApi
{
    /// <summary>Which failed steps of which cases.</summary>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
    internal sealed record Retry(string[]? WorkflowInstanceIds, string[]? ActivityIds);

    /// <summary>What to do with which cases.</summary>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
    internal sealed record Run(JsonObject[]? Alterations, string[]? WorkflowInstanceIds);

    /// <summary>Maps the calls; all take an author.</summary>
    public static void Map(RouteGroupBuilder elsa)
    {
        var alterations = elsa.MapGroup("/alterations").RequireAuthorization(Access.Write("definitions", Access.Authors));
        alterations.MapPost("/workflows/retry", RetryAsync);
        alterations.MapPost("/run", RunAsync);
        alterations.MapPost("/dry-run", (JsonObject filter) => Results.Json(new { workflowInstanceIds = (filter["workflowInstanceIds"] as JsonArray ?? []).Select(id => id?.ToString()) }));
        alterations.MapPost("/submit", () => ElsaApi.Refused(new Refusal("alteration.no-plans", "Alterations are not planned here: choose the cases in the list and act on them, or move them to another version on the process's page.")));
        alterations.MapGet("/{id}", (string id) => ElsaApi.Refused(Refusal.NotFound("alteration plan", id)));
    }

    private static async Task<IResult> RetryAsync(Retry retry, ElsaInstances instances, CaseCommands commands, TimeProvider clock, HttpContext http, CancellationToken ct)
    {
        var results = new JsonArray();
        foreach (var id in retry.WorkflowInstanceIds ?? [])
        {
            var failed = await instances.FindAsync(id, http.Actor(), ct) is { } loaded
                ? ElsaExecutions.Of(loaded).Where(execution => execution.IsFaulted && loaded.Record.EndedAt is null
                    && (retry.ActivityIds is null or [] || retry.ActivityIds.Contains(execution.First.StepId) || retry.ActivityIds.Contains(execution.NodeId))).ToList()
                : [];
            var messages = new List<string>();
            var successful = failed.Count > 0;
            foreach (var step in failed.Select(execution => execution.First).DistinctBy(entry => entry.StepId))
            {
                var decided = await commands.DecideIncidentAsync(new CaseId(id), step.StepId, "Retry", null, null, "Tried again in the designer", http.Actor(), ct);
                messages.Add(decided.TryGet(out _) ? $"'{step.Name}' is tried again." : decided.Refusals[0].Message);
                successful &= decided.Refusals.Count == 0;
            }

            results.Add(Result(id, successful, messages is [] ? ["No step of this case has failed and waits for a decision."] : messages, clock));
        }

        return Results.Json(new JsonObject { ["results"] = results });
    }

    private static async Task<IResult> RunAsync(Run run, CaseCommands commands, TimeProvider clock, HttpContext http, CancellationToken ct)
    {
        var results = new JsonArray();
        foreach (var id in run.WorkflowInstanceIds ?? [])
        {
            var messages = new List<string>();
            var successful = run.Alterations is { Length: > 0 };
            foreach (var alteration in run.Alterations ?? [])
            {
                var type = alteration["type"]?.ToString() ?? "";
                var done = type == "Cancel" && EntityId.IsValid(id)
                    ? await commands.CancelAsync(new CaseId(id), "Cancelled in the designer", http.Actor(), ct)
                    : new Refusal("alteration.not-supported", $"The alteration '{type}' would change a case behind its history's back. Retry, skip or answer for a step, or move the case to another version.");
                successful &= done.TryGet(out _);
                messages.Add(done.TryGet(out _) ? "Cancelled." : done.Refusals[0].Message);
            }

            results.Add(Result(id, successful, messages, clock));
        }

        return Results.Json(new JsonObject { ["results"] = results });
    }

    private static JsonObject Result(string id, bool successful, IEnumerable<string> messages, TimeProvider clock) => new()
    {
        ["workflowInstanceId"] = id,
        ["log"] = new JsonObject
        {
            ["logEntries"] = new JsonArray([.. messages.Select(message => new JsonObject
            {
                ["message"] = message,
                ["logLevel"] = successful ? "Information" : "Error",
                ["timestamp"] = ElsaModels.Time(clock.GetUtcNow()),
                ["eventName"] = null,
            })]),
        },
        ["workflowHasScheduledWork"] = false,
        ["isSuccessful"] = successful,
    };
}

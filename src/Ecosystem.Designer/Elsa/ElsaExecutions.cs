using System.Text.Json.Nodes;
using Ecosystem.Workflows.Definitions;

namespace Ecosystem.Designer.Elsa;

/// <summary>A case's journal as Elsa's execution log, activity executions, statistics and incidents. Pure functions of what was read.</summary>
internal static class ElsaExecutions
{
    /// <summary>One execution of an activity: the journal's lines of it.</summary>
    /// <param name="Entries">The lines, oldest first.</param>
    /// <param name="Activity">The activity in the definition; null when the definition does not have it.</param>
    internal sealed record Execution(IReadOnlyList<CaseHistoryEntry> Entries, JsonObject? Activity)
    {
        public CaseHistoryEntry First => Entries[0];

        public CaseHistoryEntry Last => Entries[^1];

        public string Id => FormattableString.Invariant($"{First.CaseId}.{First.Execution}");

        public string NodeId => Activity?["nodeId"]?.ToString() ?? First.StepId;

        public bool IsCompleted => Last.Status is "Completed" or "Skipped";

        public bool IsFaulted => Last.Status is "Faulted";

        public bool IsWaiting => Last.Status is "Waiting" or "Retried" or "Approved";

        public string Status => Last.Status switch
        {
            "Completed" or "Skipped" => "Completed",
            "Faulted" => "Faulted",
            "Canceled" => "Canceled",
            _ => "Running",
        };
    }

    /// <summary>The executions of a case, in the order they were first heard of.</summary>
    public static List<Execution> Of(ElsaInstances.Loaded loaded)
    {
        var activities = NodeIds.ById(loaded.Root);
        return [.. loaded.Journal.GroupBy(entry => (entry.StepId, entry.Execution)).Select(group => new Execution([.. group], activities.GetValueOrDefault(group.Key.StepId)))];
    }

    /// <summary>The execution log: one record per line of the journal.</summary>
    public static List<JsonObject> Log(ElsaInstances.Loaded loaded)
    {
        var activities = NodeIds.ById(loaded.Root);
        return [.. loaded.Journal.Select(entry =>
        {
            var activity = activities.GetValueOrDefault(entry.StepId);
            return new JsonObject
            {
                ["id"] = FormattableString.Invariant($"{entry.CaseId}.log.{entry.Number}"),
                ["activityInstanceId"] = FormattableString.Invariant($"{entry.CaseId}.{entry.Execution}"),
                ["parentActivityInstanceId"] = null,
                ["activityId"] = entry.StepId,
                ["activityType"] = entry.Type,
                ["activityTypeVersion"] = VersionOf(activity),
                ["activityName"] = entry.Name,
                ["nodeId"] = activity?["nodeId"]?.ToString() ?? entry.StepId,
                ["activityNodeId"] = activity?["nodeId"]?.ToString() ?? entry.StepId,
                ["timestamp"] = ElsaModels.Time(entry.At),
                ["sequence"] = entry.Number,
                ["eventName"] = entry.Status switch { "Waiting" => "Suspended", "Retried" or "Approved" => "Resumed", "Skipped" => "Completed", var status => status },
                ["message"] = Message(entry),
                ["source"] = entry.By ?? "Process",
                ["activityState"] = null,
                ["payload"] = entry.Outcome is null ? null : new JsonObject { ["outcomes"] = entry.Outcome },
            };
        })];
    }

    /// <summary>How often activities ran, and how they stand, by node.</summary>
    public static List<JsonObject> Stats(IEnumerable<Execution> executions, IReadOnlyCollection<string>? nodeIds) =>
        [.. executions.GroupBy(execution => execution.NodeId)
            .Where(group => nodeIds is null || nodeIds.Count == 0 || nodeIds.Contains(group.Key))
            .Select(group =>
            {
                var last = group.Last();
                return new JsonObject
                {
                    ["activityId"] = last.First.StepId,
                    ["activityNodeId"] = group.Key,
                    ["startedCount"] = group.Count(),
                    ["completedCount"] = group.Count(execution => execution.IsCompleted),
                    ["uncompletedCount"] = group.Count(execution => !execution.IsCompleted),
                    ["isBlocked"] = group.Any(execution => execution.IsWaiting),
                    ["isFaulted"] = last.IsFaulted,
                    ["aggregateFaultCount"] = group.Count(execution => execution.IsFaulted),
                    ["metadata"] = new JsonObject(),
                };
            })];

    /// <summary>One execution: what lists show, and with <paramref name="content"/> all that is known of it.</summary>
    public static JsonObject Record(Execution execution, CaseContent? content, bool whole)
    {
        var json = new JsonObject
        {
            ["id"] = execution.Id,
            ["workflowInstanceId"] = execution.First.CaseId.Value,
            ["activityId"] = execution.First.StepId,
            ["activityNodeId"] = execution.NodeId,
            ["activityType"] = execution.First.Type,
            ["activityTypeVersion"] = VersionOf(execution.Activity),
            ["activityName"] = execution.First.Name,
            ["startedAt"] = ElsaModels.Time(execution.First.At),
            ["completedAt"] = execution.Status == "Running" ? null : ElsaModels.Time(execution.Last.At),
            ["hasBookmarks"] = execution.IsWaiting,
            ["status"] = execution.Status,
            ["aggregateFaultCount"] = execution.IsFaulted ? 1 : 0,
            ["metadata"] = new JsonObject(),
            ["schedulingActivityExecutionId"] = null,
            ["schedulingActivityId"] = null,
            ["schedulingWorkflowInstanceId"] = null,
            ["callStackDepth"] = 0,
        };
        if (whole)
        {
            json["activityState"] = execution.Activity is null ? new JsonObject() : DeclaredInputs(execution.Activity);
            json["payload"] = Payload(execution);
            json["outputs"] = content?.ActivityOutputs.TryGetValue(execution.First.StepId, out var put) == true ? put.DeepClone() : new JsonObject();
            json["properties"] = new JsonObject();
            json["exception"] = execution.IsFaulted ? ElsaInstances.Exception(execution.Last.NoteText ?? "The step failed.") : null;
        }

        return json;
    }

    /// <summary>What stands in an activity's inputs: values as they are, expressions as text.</summary>
    public static JsonObject DeclaredInputs(JsonObject activity)
    {
        var inputs = new JsonObject();
        foreach (var (name, value) in activity)
        {
            if (value is JsonObject wrapped && wrapped["expression"] is JsonObject expression && expression["value"] is { } declared)
            {
                inputs[char.ToUpperInvariant(name[0]) + name[1..]] = expression["type"]?.ToString() is null or "Literal" ? declared.DeepClone() : $"{expression["type"]}: {declared}";
            }
        }

        return inputs;
    }

    /// <summary>Steps that failed and wait for somebody to decide, or ended the case, oldest first.</summary>
    public static JsonArray Incidents(ElsaInstances.Loaded loaded) =>
        new([.. Of(loaded).Where(execution => execution.IsFaulted).Select(execution => new JsonObject
        {
            ["activityId"] = execution.First.StepId,
            ["activityNodeId"] = execution.NodeId,
            ["activityType"] = execution.First.Type,
            ["message"] = execution.Last.NoteText ?? "The step failed.",
            ["exception"] = ElsaInstances.Exception(execution.Last.NoteText ?? "The step failed."),
            ["timestamp"] = ElsaModels.Time(execution.Last.At),
        })]);

    /// <summary>What the case waits for.</summary>
    public static JsonArray Bookmarks(ElsaInstances.Loaded loaded) => loaded.Record.EndedAt is not null
        ? []
        : new JsonArray([.. Of(loaded).Where(execution => execution.IsWaiting).Select(execution => new JsonObject
        {
            ["id"] = execution.Id,
            ["name"] = execution.First.Type,
            ["hash"] = "",
            ["payload"] = null,
            ["activityId"] = execution.First.StepId,
            ["activityNodeId"] = execution.NodeId,
            ["activityInstanceId"] = execution.Id,
            ["createdAt"] = ElsaModels.Time(execution.Last.At),
            ["autoBurn"] = true,
            ["callbackMethodName"] = null,
            ["metadata"] = new JsonObject(),
        })]);

    private static JsonObject Payload(Execution execution)
    {
        var payload = new JsonObject();
        if (execution.Last.Outcome is { } outcome)
        {
            payload["Outcomes"] = outcome;
        }

        if (execution.Last.By is { } by)
        {
            payload["By"] = by;
        }

        if (execution.Last.NoteText is { } note)
        {
            payload["Note"] = note;
        }

        return payload;
    }

    private static string? Message(CaseHistoryEntry entry) => (entry.Status, entry.Outcome, entry.NoteText) switch
    {
        ("Skipped", _, var note) => $"Skipped. {note}".Trim(),
        (_, null or "Done", null) => null,
        (_, null or "Done", var note) => note,
        (_, var outcome, null) => outcome,
        var (_, outcome, note) => $"{outcome}: {note}",
    };

    private static int VersionOf(JsonObject? activity) => activity?["version"]?.GetValueKind() == System.Text.Json.JsonValueKind.Number ? activity["version"]!.GetValue<int>() : 1;
}

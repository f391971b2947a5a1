using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Ecosystem.Designer.Components;
using Ecosystem.Workflows;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Designer.Elsa;

/// <summary>Cases as Elsa's workflow instances.</summary>
internal sealed class ElsaInstances(StorageSession storage, CaseQueries cases, CaseContents contents, ElsaDefinitions definitions)
{
    /// <summary>Which instances, in which order.</summary>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
    internal sealed record Query
    {
        public int? Page { get; init; }

        public int? PageSize { get; init; }

        public string? SearchTerm { get; init; }

        public string? DefinitionId { get; init; }

        public string[]? DefinitionIds { get; init; }

        public string? CorrelationId { get; init; }

        public int? Version { get; init; }

        public bool? HasIncidents { get; init; }

        public bool? IsSystem { get; init; }

        public string? Status { get; init; }

        public string[]? Statuses { get; init; }

        public string? SubStatus { get; init; }

        public string[]? SubStatuses { get; init; }

        public string? OrderBy { get; init; }

        public string? OrderDirection { get; init; }

        public TimeFilter[]? TimestampFilters { get; init; }
    }

    /// <summary>A condition on a time.</summary>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
    internal sealed record TimeFilter(string? Column, string? Operator, DateTimeOffset Timestamp);

    /// <summary>A case with what is needed to show it in the designer.</summary>
    /// <param name="Record">The case.</param>
    /// <param name="Pinned">The version it runs on; null when it is no interpreted definition.</param>
    /// <param name="Root">The root activity of that version, with node ids.</param>
    /// <param name="Journal">All that happened.</param>
    internal sealed record Loaded(CaseRecord Record, DefinitionVersion? Pinned, JsonObject Root, IReadOnlyList<CaseHistoryEntry> Journal);

    /// <summary>One page.</summary>
    public async Task<JsonObject> ListAsync(Query query, Actor actor, bool author, CancellationToken ct)
    {
        var size = Math.Clamp(query.PageSize ?? 50, 1, 500);
        var (records, total, versions) = await storage.ReadAsync(
            actor,
            async (db, token) =>
            {
                var found = Filter(db.Set<CaseRecord>(), query);
                var count = query.IsSystem == true ? 0 : await found.CountAsync(token);
                var page = count == 0 ? [] : await Order(found, query).Skip(Math.Max(query.Page ?? 0, 0) * size).Take(size).ToListAsync(token);
                var kinds = page.Select(record => record.Kind).Distinct().ToList();
                var ids = await db.Set<DefinitionVersion>().Where(version => kinds.Contains(version.DefinitionId)).Select(version => new { version.Id, version.DefinitionId, version.Number }).ToListAsync(token);
                return (page, count, ids.ToDictionary(version => (version.DefinitionId, version.Number), version => version.Id));
            },
            ct);
        return new JsonObject
        {
            ["items"] = new JsonArray([.. records.Select(record => Head(record, versions.GetValueOrDefault((record.Kind, record.DefinitionVersion)), record.Status == CaseStatus.Incident ? 1 : 0))]),
            ["page"] = query.Page ?? 0,
            ["pageSize"] = size,
            ["totalCount"] = total,
            ["count"] = total,
            ["links"] = ElsaModels.Links("/workflow-instances", author),
        };
    }

    /// <summary>A case with its journal and definition; null when there is none the actor may see.</summary>
    public async Task<Loaded?> FindAsync(string id, Actor actor, CancellationToken ct)
    {
        if (!EntityId.IsValid(id) || await cases.GetAsync(new CaseId(id), actor, ct) is not { } record)
        {
            return null;
        }

        var pinned = await definitions.FindPinnedAsync(record.Kind, record.DefinitionVersion, record.ContentHash, ct);
        var root = pinned is null ? [] : (JsonObject)ElsaModels.Full(pinned, false)["root"]!;
        return new Loaded(record, pinned, root, await cases.JournalAsync(record.Id, ct));
    }

    /// <summary>A case alone; null when there is none the actor may see.</summary>
    public async Task<CaseRecord?> FindRecordAsync(string id, Actor actor, CancellationToken ct) =>
        EntityId.IsValid(id) ? await cases.GetAsync(new CaseId(id), actor, ct) : null;

    /// <summary>The ids of the cases that run on a definition or one of its versions.</summary>
    public Task<List<CaseId>> RunningAsync(string? definitionId, int? version, Actor actor, CancellationToken ct) => storage.ReadAsync(
        actor,
        (db, token) => db.Set<CaseRecord>().Where(record => record.Kind == definitionId && record.EndedAt == null && (version == null || record.DefinitionVersion == version))
            .OrderBy(record => record.Id).Select(record => record.Id).ToListAsync(token),
        ct);

    /// <summary>What the case holds, from its workflow.</summary>
    public Task<CaseContent?> ContentAsync(CaseRecord record, CancellationToken ct) => contents.GetAsync(record.Id, ct);

    /// <summary>A whole instance.</summary>
    public async Task<JsonObject> FullAsync(Loaded loaded, CancellationToken ct)
    {
        var record = loaded.Record;
        var content = await ContentAsync(record, ct);
        var incidents = ElsaExecutions.Incidents(loaded);
        var json = Head(record, loaded.Pinned?.Id, incidents.Count);
        var state = (JsonObject)json.DeepClone();
        state["definitionVersion"] = record.DefinitionVersion;
        state["bookmarks"] = ElsaExecutions.Bookmarks(loaded);
        state["incidents"] = incidents;
        state["fault"] = record.Status == CaseStatus.Faulted && incidents is [JsonObject last, ..]
            ? new JsonObject { ["message"] = last["message"]!.DeepClone(), ["faultedActivityId"] = last["activityId"]!.DeepClone(), ["exception"] = last["exception"]!.DeepClone() }
            : null;
        state["completionCallbacks"] = new JsonArray();
        state["activityExecutionContexts"] = new JsonArray();
        state["input"] = content?.Inputs.DeepClone() ?? new JsonObject();
        state["output"] = content?.Outputs.DeepClone() ?? new JsonObject();
        state["properties"] = new JsonObject
        {
            ["Stage"] = record.Stage,
            ["WaitingFor"] = record.WaitingForWho,
            ["Awaited"] = record.WaitingForWhat,
            ["Due"] = record.Due is { } due ? ElsaModels.Time(due) : null,
            ["Outcome"] = record.Outcome,
        };
        json["workflowState"] = state;
        json["parentWorkflowInstanceId"] = null;
        json["isSystem"] = false;
        return json;
    }

    /// <summary>Status and sub-status of a case in Elsa's words.</summary>
    public static (string Status, string SubStatus) StatusOf(CaseRecord record) => record.Status switch
    {
        CaseStatus.Starting => ("Running", "Pending"),
        CaseStatus.Running or CaseStatus.Incident => ("Running", "Suspended"),
        CaseStatus.Completed => ("Finished", "Finished"),
        CaseStatus.Cancelled => ("Finished", "Cancelled"),
        _ => ("Finished", "Faulted"),
    };

    /// <summary>A failure in Elsa's shape.</summary>
    public static JsonObject Exception(string message) =>
        new() { ["type"] = "Ecosystem.StepFailure", ["message"] = message, ["stackTrace"] = "", ["innerException"] = null, ["metadata"] = new JsonObject() };

    private static JsonObject Head(CaseRecord record, string? versionId, int incidents)
    {
        var (status, subStatus) = StatusOf(record);
        return new JsonObject
        {
            ["id"] = record.Id.Value,
            ["definitionId"] = record.Kind,
            ["definitionVersionId"] = versionId ?? "",
            ["version"] = record.DefinitionVersion,
            ["status"] = status,
            ["subStatus"] = subStatus,
            ["correlationId"] = record.SubjectId,
            ["name"] = $"{Words.Of(record.Kind)}: {record.SubjectKind} {record.SubjectId}",
            ["incidentCount"] = incidents,
            ["createdAt"] = ElsaModels.Time(record.StartedAt),
            ["updatedAt"] = ElsaModels.Time(record.ChangedAt),
            ["finishedAt"] = record.EndedAt is { } ended ? ElsaModels.Time(ended) : null,
        };
    }

    private static IQueryable<CaseRecord> Filter(IQueryable<CaseRecord> records, Query query)
    {
        string[] kinds = [.. query.DefinitionIds ?? [], .. query.DefinitionId is { Length: > 0 } one ? [one] : Array.Empty<string>()];
        if (kinds.Length > 0)
        {
            records = records.Where(record => kinds.Contains(record.Kind));
        }

        if (query.SearchTerm?.Trim() is { Length: > 0 } text)
        {
            var id = EntityId.IsValid(text) ? new CaseId(text) : default;
            records = records.Where(record => record.SubjectId.Contains(text) || record.Kind.Contains(text) || record.Stage.Contains(text) || record.Id == id);
        }

        if (query.CorrelationId is { Length: > 0 } subject)
        {
            records = records.Where(record => record.SubjectId == subject);
        }

        if (query.Version is { } version)
        {
            records = records.Where(record => record.DefinitionVersion == version);
        }

        if (query.HasIncidents is { } failed)
        {
            records = records.Where(record => (record.Status == CaseStatus.Incident || record.Status == CaseStatus.Faulted) == failed);
        }

        var wanted = Statuses(query);
        if (wanted is not null)
        {
            records = records.Where(record => wanted.Contains(record.Status));
        }

        return (query.TimestampFilters ?? []).Aggregate(records, Filter);
    }

    private static IQueryable<CaseRecord> Filter(IQueryable<CaseRecord> records, TimeFilter filter)
    {
        var at = filter.Timestamp.ToUniversalTime();
        return (filter.Column?.ToUpperInvariant(), filter.Operator?.ToUpperInvariant()) switch
        {
            ("CREATEDAT", "LESSTHAN" or "LESSTHANOREQUAL") => records.Where(record => record.StartedAt <= at),
            ("CREATEDAT", "GREATERTHAN" or "GREATERTHANOREQUAL") => records.Where(record => record.StartedAt >= at),
            ("CREATEDAT", "ISNOT") => records.Where(record => record.StartedAt != at),
            ("CREATEDAT", _) => records.Where(record => record.StartedAt == at),
            ("FINISHEDAT", "LESSTHAN" or "LESSTHANOREQUAL") => records.Where(record => record.EndedAt <= at),
            ("FINISHEDAT", "GREATERTHAN" or "GREATERTHANOREQUAL") => records.Where(record => record.EndedAt >= at),
            ("FINISHEDAT", "ISNOT") => records.Where(record => record.EndedAt != at),
            ("FINISHEDAT", _) => records.Where(record => record.EndedAt == at),
            (_, "LESSTHAN" or "LESSTHANOREQUAL") => records.Where(record => record.ChangedAt <= at),
            (_, "GREATERTHAN" or "GREATERTHANOREQUAL") => records.Where(record => record.ChangedAt >= at),
            (_, "ISNOT") => records.Where(record => record.ChangedAt != at),
            _ => records.Where(record => record.ChangedAt == at),
        };
    }

    private static List<CaseStatus>? Statuses(Query query)
    {
        var statuses = (query.Statuses ?? []).Concat(query.Status is { Length: > 0 } status ? [status] : []).ToList();
        var subs = (query.SubStatuses ?? []).Concat(query.SubStatus is { Length: > 0 } sub ? [sub] : []).ToList();
        if (statuses.Count == 0 && subs.Count == 0)
        {
            return null;
        }

        return [.. Enum.GetValues<CaseStatus>().Where(value =>
            (statuses.Count == 0 || statuses.Exists(name => Is(name, value is CaseStatus.Starting or CaseStatus.Running or CaseStatus.Incident ? ("Running", "0") : ("Finished", "1"))))
            && (subs.Count == 0 || subs.Exists(name => value switch
            {
                CaseStatus.Starting => Is(name, ("Pending", "0")),
                CaseStatus.Running => Is(name, ("Suspended", "2")) || Is(name, ("Executing", "1")),
                CaseStatus.Incident => Is(name, ("Suspended", "2")),
                CaseStatus.Completed => Is(name, ("Finished", "3")),
                CaseStatus.Cancelled => Is(name, ("Cancelled", "4")),
                _ => Is(name, ("Faulted", "5")),
            })))];

        static bool Is(string given, (string Name, string Number) value) => string.Equals(given, value.Name, StringComparison.OrdinalIgnoreCase) || given == value.Number;
    }

    private static IQueryable<CaseRecord> Order(IQueryable<CaseRecord> records, Query query)
    {
        var descending = !string.Equals(query.OrderDirection, "Ascending", StringComparison.OrdinalIgnoreCase);
        return (query.OrderBy?.ToUpperInvariant(), descending) switch
        {
            ("LASTEXECUTED", true) => records.OrderByDescending(record => record.ChangedAt).ThenByDescending(record => record.Id),
            ("LASTEXECUTED", false) => records.OrderBy(record => record.ChangedAt).ThenBy(record => record.Id),
            ("FINISHED", true) => records.OrderByDescending(record => record.EndedAt).ThenByDescending(record => record.Id),
            ("FINISHED", false) => records.OrderBy(record => record.EndedAt).ThenBy(record => record.Id),
            ("NAME", true) => records.OrderByDescending(record => record.Kind).ThenByDescending(record => record.SubjectId).ThenByDescending(record => record.Id),
            ("NAME", false) => records.OrderBy(record => record.Kind).ThenBy(record => record.SubjectId).ThenBy(record => record.Id),
            (_, false) => records.OrderBy(record => record.StartedAt).ThenBy(record => record.Id),
            _ => records.OrderByDescending(record => record.StartedAt).ThenByDescending(record => record.Id),
        };
    }
}

using Ecosystem.Designer.Identity;
using Ecosystem.Workflows;
using Ecosystem.Workflows.Definitions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ecosystem.Designer.Api;

/// <summary><c>/cases</c>: every process under way or ended.</summary>
internal static class CasesApi
{
    /// <summary>Who has to act, and what they have to do.</summary>
    internal sealed record Awaited(string Who, string? What);

    /// <summary>A version of a definition.</summary>
    internal sealed record DefinitionRef(string Id, int Version);

    /// <summary>A case in a list.</summary>
    internal sealed record CaseSummary(
        CaseId Id, string Kind, Subject Subject, PartnerId? PartnerId, string Stage, CaseStatus Status, Awaited? WaitingFor, DateTimeOffset? Due,
        DefinitionRef Definition, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? Outcome)
    {
        /// <summary>What a list shows of a case.</summary>
        public static CaseSummary Of(CaseRecord record) => new(
            record.Id, record.Kind, new Subject(record.SubjectKind, record.SubjectId), record.PartnerId, record.Stage, record.Status,
            record.WaitingForWho is { } who ? new Awaited(who, record.WaitingForWhat) : null, record.Due,
            new DefinitionRef(record.Kind, record.DefinitionVersion), record.StartedAt, record.EndedAt, record.Outcome);
    }

    /// <summary>One thing that happened in a case.</summary>
    internal sealed record HistoryEntry(int Number, string StepId, string Name, string Type, string Status, string? Outcome, DateTimeOffset At, string? By, string? Note);

    /// <summary>A case with its history.</summary>
    internal sealed record CaseDetail(
        CaseId Id, string Kind, Subject Subject, PartnerId? PartnerId, string Stage, CaseStatus Status, Awaited? WaitingFor, DateTimeOffset? Due,
        DefinitionRef Definition, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? Outcome, IReadOnlyList<HistoryEntry> History);

    /// <summary>Maps the calls.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        var cases = api.MapGroup("/cases").WithTags("Cases").RequireAuthorization(Access.Read("cases"));
        cases.MapGet("", FindAsync).WithSummary("Finds cases by kind, status, who they wait for and partner");
        cases.MapGet("/{id}", GetAsync).WithSummary("Shows one case with its history");
    }

    private static async Task<Ok<Page<CaseSummary>>> FindAsync(
        CaseQueries cases, HttpContext http, string? kind, CaseStatus? status, string? waitingFor, string? partnerId, string? cursor, int? limit, CancellationToken ct)
    {
        var query = new CaseQuery(kind, status, waitingFor, EntityId.IsValid(partnerId) ? new PartnerId(partnerId) : null);
        var found = await cases.FindAsync(query, Lists.Page(cursor, limit), http.Actor(), ct);
        return TypedResults.Ok(new Page<CaseSummary>([.. found.Items.Select(CaseSummary.Of)], found.Next));
    }

    private static async Task<Results<Ok<CaseDetail>, ProblemHttpResult>> GetAsync(string id, CaseQueries cases, HttpContext http, CancellationToken ct)
    {
        if (!EntityId.IsValid(id) || await cases.GetAsync(new CaseId(id), http.Actor(), ct) is not { } record)
        {
            return ApiProblem.NotFound("case", id);
        }

        var history = await cases.HistoryAsync(record.Id, ct);
        var head = CaseSummary.Of(record);
        return TypedResults.Ok(new CaseDetail(
            head.Id, head.Kind, head.Subject, head.PartnerId, head.Stage, head.Status, head.WaitingFor, head.Due, head.Definition, head.StartedAt, head.EndedAt, head.Outcome,
            [.. history.Select(entry => new HistoryEntry(entry.Number, entry.StepId, entry.Name, entry.Type, entry.Status, entry.Outcome, entry.At, entry.By, entry.NoteText))]));
    }
}

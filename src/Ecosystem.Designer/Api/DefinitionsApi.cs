using System.Text.Json;
using System.Text.Json.Nodes;
using Ecosystem.Designer.Identity;
using Ecosystem.Workflows;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ecosystem.Designer.Api;

/// <summary><c>/workflow-definitions</c>: the processes, their versions, and what is done with them.</summary>
internal static class DefinitionsApi
{
    /// <summary>A version of a definition in a list.</summary>
    internal sealed record DefinitionSummary(
        string Id, string VersionId, string Name, int Version, VersionState State, bool IsLatest, DateTimeOffset ChangedAt, string ChangedBy, DateTimeOffset? PublishedAt, Pilot? Pilot)
    {
        /// <summary>What a list shows of a version.</summary>
        public static DefinitionSummary Of(DefinitionVersion row) => new(
            row.DefinitionId, row.Id, row.Name, row.Number, row.State, row.IsLatest, row.ChangedAt, row.ChangedBy, row.PublishedAt,
            row.PilotPercent is null && row.PilotPartnersJson is null
                ? null
                : new Pilot(row.PilotPercent, row.PilotPartnersJson is null ? [] : JsonSerializer.Deserialize<string[]>(row.PilotPartnersJson)!));
    }

    /// <summary>A version with the definition itself, in Elsa's JSON.</summary>
    internal sealed record DefinitionDetail(DefinitionSummary Head, JsonObject Definition);

    /// <summary>For whom a pilot is: a share of all partners in per cent, partners by id, or both.</summary>
    internal sealed record Pilot(int? Percent = null, IReadOnlyList<string>? Partners = null);

    /// <summary>Publishes a version; without a version the latest.</summary>
    internal sealed record Publish(int? Version = null, Pilot? Pilot = null);

    /// <summary>Names a version, and why.</summary>
    internal sealed record Chosen(int Version, string? Reason = null);

    /// <summary>Starts a case.</summary>
    internal sealed record StartCase(JsonObject? Input = null, string? PartnerId = null, string? SubjectKind = null, string? SubjectId = null);

    /// <summary>The case that was started.</summary>
    internal sealed record Started(CaseId CaseId);

    /// <summary>Takes cases to a version.</summary>
    internal sealed record Migrate(int Version, IReadOnlyList<string> Cases, IReadOnlyDictionary<string, string>? Activities = null, bool DryRun = true);

    /// <summary>What a check found.</summary>
    internal sealed record Checked(bool Ok, IReadOnlyList<DefinitionDiagnostic> Diagnostics);

    /// <summary>Maps the calls.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        var definitions = api.MapGroup("/workflow-definitions").WithTags("Definitions");
        var reading = definitions.MapGroup("").RequireAuthorization(Access.Read("definitions", Access.Staff));
        reading.MapGet("", ListAsync).WithSummary("Lists the latest version of every process");
        reading.MapGet("/{id}", GetAsync).WithSummary("Shows a process; the latest version when none is named");
        reading.MapGet("/{id}/versions", VersionsAsync).WithSummary("Lists the versions of a process, newest first");
        reading.MapGet("/{id}/compare", CompareAsync).WithSummary("Tells in words what differs between two versions");
        reading.MapPost("/{id}/check", CheckAsync).WithSummary("Checks the latest version, or the definition sent, and runs its scenarios");
        var writing = definitions.MapGroup("").RequireAuthorization(Access.Write("definitions", Access.Authors));
        writing.MapPut("/{id}/draft", SaveAsync).WithSummary("Saves a draft, never over what somebody else saved since the version in If-Match");
        writing.MapPost("/{id}/publish", PublishAsync).WithSummary("Publishes a version for everybody or for a pilot; an earlier version again is a roll back");
        writing.MapPost("/{id}/promote", PromoteAsync).WithSummary("Makes a pilot the version for everybody");
        writing.MapPost("/{id}/retire", RetireAsync).WithSummary("Retires a version, or ends a pilot; cases under way go on");
        writing.MapPost("/{id}/revert", RevertAsync).WithSummary("Makes an earlier version the latest again, as a draft");
        writing.MapPost("/{id}/start", StartAsync).WithSummary("Starts a case of the version in force");
        writing.MapPost("/{id}/migrate", MigrateAsync).WithSummary("Takes running cases to another version; a dry run unless told otherwise");
    }

    private static async Task<Ok<Page<DefinitionSummary>>> ListAsync(DefinitionService definitions, string? cursor, int? limit, CancellationToken ct) =>
        TypedResults.Ok(Lists.Slice([.. (await definitions.LatestAsync(ct)).Select(DefinitionSummary.Of)], cursor, limit));

    private static async Task<Results<Ok<DefinitionDetail>, ProblemHttpResult>> GetAsync(string id, int? version, DefinitionService definitions, HttpContext http, CancellationToken ct)
    {
        if (await FindAsync(definitions, id, version, ct) is not { } row)
        {
            return Missing(id, version);
        }

        http.Tag(row.Version);
        return TypedResults.Ok(new DefinitionDetail(DefinitionSummary.Of(row), DefinitionDocument.Parse(row.Json).Json));
    }

    private static async Task<Results<Ok<Page<DefinitionSummary>>, ProblemHttpResult>> VersionsAsync(string id, DefinitionService definitions, string? cursor, int? limit, CancellationToken ct)
    {
        var rows = await definitions.VersionsAsync(id, ct);
        return rows.Count == 0 ? Missing(id, null) : TypedResults.Ok(Lists.Slice([.. rows.Select(DefinitionSummary.Of)], cursor, limit));
    }

    private static async Task<Results<Ok<IReadOnlyList<DefinitionChange>>, ProblemHttpResult>> CompareAsync(string id, int from, int to, DefinitionService definitions, CancellationToken ct)
    {
        if (await FindAsync(definitions, id, from, ct) is not { } before)
        {
            return Missing(id, from);
        }

        return await FindAsync(definitions, id, to, ct) is not { } after
            ? Missing(id, to)
            : TypedResults.Ok(DefinitionService.Compare(DefinitionDocument.Parse(before.Json), DefinitionDocument.Parse(after.Json)));
    }

    private static async Task<Results<Ok<Checked>, ProblemHttpResult>> CheckAsync(string id, JsonObject? definition, DefinitionService definitions, CancellationToken ct)
    {
        DefinitionDocument document;
        if (definition is { Count: > 0 })
        {
            try
            {
                document = DefinitionDocument.From((JsonObject)definition.DeepClone());
            }
            catch (DefinitionException exception)
            {
                return TypedResults.Ok(new Checked(false, exception.Diagnostics));
            }
        }
        else if (await FindAsync(definitions, id, null, ct) is { } row)
        {
            document = DefinitionDocument.Parse(row.Json);
        }
        else
        {
            return Missing(id, null);
        }

        var found = await definitions.CheckAsync(document, ct);
        return TypedResults.Ok(new Checked(found.All(item => item.Severity != "error"), found));
    }

    private static async Task<Results<Ok<DefinitionSummary>, ProblemHttpResult>> SaveAsync(string id, JsonObject definition, DefinitionService definitions, HttpContext http, CancellationToken ct)
    {
        if (!EntityId.IsValid(id))
        {
            return ApiProblem.From(new Refusal("definition.bad-id", $"'{id}' cannot be the id of a process; use 1 to {EntityId.MaxLength} letters, digits and dashes.", "id"));
        }

        DefinitionDocument document;
        try
        {
            document = DefinitionDocument.From((JsonObject)definition.DeepClone());
        }
        catch (DefinitionException exception)
        {
            return ApiProblem.From([.. exception.Diagnostics.Select(found => new Refusal(found.Code, found.Message, found.Field ?? "root"))]);
        }

        document.Json["definitionId"] = id;
        return Answer(await definitions.SaveAsync(document, http.Seen(), http.Actor(), ct), http);
    }

    private static async Task<Results<Ok<DefinitionSummary>, ProblemHttpResult>> PublishAsync(string id, Publish? publish, DefinitionService definitions, HttpContext http, CancellationToken ct)
    {
        if (await FindAsync(definitions, id, publish?.Version, ct) is not { } row)
        {
            return Missing(id, publish?.Version);
        }

        if (publish?.Pilot?.Partners?.FirstOrDefault(partner => !EntityId.IsValid(partner)) is { } wrong)
        {
            return ApiProblem.From(new Refusal("partner.bad-id", $"'{wrong}' is not the id of a partner.", "pilot.partners"));
        }

        var pilot = publish?.Pilot is { } chosen ? new DefinitionPilot(chosen.Percent, [.. (chosen.Partners ?? []).Select(partner => new PartnerId(partner))]) : null;
        return Answer(await definitions.PublishAsync(row.Id, pilot, http.Actor(), ct), http);
    }

    private static async Task<Results<Ok<DefinitionSummary>, ProblemHttpResult>> PromoteAsync(string id, Chosen chosen, DefinitionService definitions, HttpContext http, CancellationToken ct) =>
        await FindAsync(definitions, id, chosen.Version, ct) is { } row ? Answer(await definitions.PromoteAsync(row.Id, http.Actor(), ct), http) : Missing(id, chosen.Version);

    private static async Task<Results<Ok<DefinitionSummary>, ProblemHttpResult>> RetireAsync(string id, Chosen chosen, DefinitionService definitions, HttpContext http, CancellationToken ct) =>
        await FindAsync(definitions, id, chosen.Version, ct) is { } row ? Answer(await definitions.RetireAsync(row.Id, chosen.Reason, http.Actor(), ct), http) : Missing(id, chosen.Version);

    private static async Task<Results<Ok<DefinitionSummary>, ProblemHttpResult>> RevertAsync(string id, Chosen chosen, DefinitionService definitions, HttpContext http, CancellationToken ct) =>
        await FindAsync(definitions, id, chosen.Version, ct) is { } row ? Answer(await definitions.RevertAsync(row.Id, http.Actor(), ct), http) : Missing(id, chosen.Version);

    private static async Task<Results<Accepted<Started>, ProblemHttpResult>> StartAsync(
        string id, StartCase? start, DefinitionService definitions, StorageSession storage, CaseLauncher launcher, HttpContext http, CancellationToken ct)
    {
        if ((await definitions.VersionsAsync(id, ct)).All(row => row.State != VersionState.Published))
        {
            return ApiProblem.From(new Refusal("definition.not-published", $"No version of '{id}' is published, so no case can start."));
        }

        if (start?.PartnerId is { } named && !EntityId.IsValid(named))
        {
            return ApiProblem.From(new Refusal("partner.bad-id", $"'{named}' is not the id of a partner.", "partnerId"));
        }

        PartnerId? partner = start?.PartnerId is { } given ? new PartnerId(given) : null;
        var subject = new Subject(start?.SubjectKind ?? (partner is null ? "definition" : "partner"), start?.SubjectId ?? partner?.Value ?? id);
        var caseId = await storage.WriteAsync((db, token) => launcher.AddAsync(db, id, subject, partner, start?.Input, cancellationToken: token), ct);
        return TypedResults.Accepted($"{ApiSetup.Root}/cases/{caseId}", new Started(caseId));
    }

    private static async Task<Results<Ok<IReadOnlyList<CaseMigrated>>, ProblemHttpResult>> MigrateAsync(
        string id, Migrate migrate, DefinitionService definitions, CaseMigrations migrations, HttpContext http, CancellationToken ct)
    {
        if (migrate.Cases.FirstOrDefault(caseId => !EntityId.IsValid(caseId)) is { } wrong)
        {
            return ApiProblem.From(new Refusal("case.bad-id", $"'{wrong}' is not the id of a case.", "cases"));
        }

        if (await FindAsync(definitions, id, migrate.Version, ct) is not { } row)
        {
            return Missing(id, migrate.Version);
        }

        var result = await migrations.MigrateAsync(
            row.Id, [.. migrate.Cases.Select(caseId => new CaseId(caseId))], migrate.Activities ?? new Dictionary<string, string>(), migrate.DryRun, http.Actor(), ct);
        return result.TryGet(out var answers) ? TypedResults.Ok(answers) : ApiProblem.From(result);
    }

    private static async Task<DefinitionVersion?> FindAsync(DefinitionService definitions, string id, int? version, CancellationToken ct) =>
        (await definitions.VersionsAsync(id, ct)).FirstOrDefault(row => version is null ? row.IsLatest : row.Number == version);

    private static ProblemHttpResult Missing(string id, int? version) =>
        version is null ? ApiProblem.NotFound("definition", id) : ApiProblem.NotFound("definition version", FormattableString.Invariant($"{id} v{version}"));

    private static Results<Ok<DefinitionSummary>, ProblemHttpResult> Answer(Result<DefinitionVersion> result, HttpContext http)
    {
        if (!result.TryGet(out var row))
        {
            return ApiProblem.From(result);
        }

        http.Tag(row.Version);
        return TypedResults.Ok(DefinitionSummary.Of(row));
    }
}

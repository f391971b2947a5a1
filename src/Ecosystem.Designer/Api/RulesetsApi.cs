using System.Text.Json;
using Ecosystem.Designer.Identity;
using Ecosystem.Rules.Rulesets;
using Ecosystem.Workflows;
using Ecosystem.Workflows.Decisions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Ecosystem.Designer.Api;

/// <summary><c>/rulesets</c>: what decides, in which version, and what a new version would change.</summary>
internal static class RulesetsApi
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Maps the calls.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        var rulesets = api.MapGroup("/rulesets").WithTags("Rulesets").RequireAuthorization(Access.Read("rulesets", Access.Staff));
        var write = Access.Write("rulesets", Access.RuleWriters);
        var publish = Access.Write("rulesets", Access.RulePublishers);
        rulesets.MapGet("", ListAsync).WithSummary("Lists the rulesets with the version in force on a day (asOf, today when left out)");
        rulesets.MapGet("/schema", () => Results.Text(RulesetSchema.Json, "application/schema+json")).WithSummary("The JSON Schema of ruleset documents");
        rulesets.MapGet("/{name}", GetAsync).WithSummary("Shows the version in force on a day (asOf), or a version by its number");
        rulesets.MapGet("/{name}/text", TextAsync).WithSummary("Says in plain words what a version decides, as Markdown");
        rulesets.MapGet("/{name}/diff", DiffAsync).WithSummary("Compares two versions row by row in words, and line by line");
        rulesets.MapPut("/{name}/draft", DraftAsync).RequireAuthorization(write).WithSummary("Writes a draft: YAML text {text, why}, or cells of a draft that exists {version, cells: {path: value}}");
        rulesets.MapPost("/{name}/check", CheckAsync).WithSummary("Analyses a version (or a text) and runs its test cases");
        rulesets.MapPost("/{name}/review", ReviewAsync).RequireAuthorization(Access.Write("rulesets", Access.Staff)).WithSummary("Closes a draft for publication: tests must pass, the analysis must find no errors");
        rulesets.MapPost("/{name}/return", ReturnAsync).RequireAuthorization(Access.Write("rulesets", Access.Staff)).WithSummary("Sends a reviewed version back to its author");
        rulesets.MapPost("/{name}/publish", PublishAsync).RequireAuthorization(publish).WithSummary("Publishes a version another person wrote; it is in force from its own first day on");
        rulesets.MapPost("/{name}/retire", RetireAsync).RequireAuthorization(Access.Write("rulesets", Roles.Ops)).WithSummary("Takes a published version back");
        rulesets.MapPost("/{name}/evaluate", EvaluateAsync).WithSummary("Evaluates inputs as of a day and keeps no record: {asOf, inputs} → {result, trace}");
        rulesets.MapPost("/{name}/impact", ImpactAsync).WithSummary("Runs a version against another over the stored inputs of a period; 202 with an address when it takes longer");
        rulesets.MapGet("/{name}/impact/{id}", ImpactOfAsync).WithSummary("Progress and result of an impact run; ?format=csv for the changed decisions");
    }

    /// <summary>What is written.</summary>
    /// <param name="Text">The YAML text.</param>
    /// <param name="Version">The draft whose cells are set; not with a text.</param>
    /// <param name="Cells">Cells by path, such as <c>sections/earned/rows/gold/score</c>.</param>
    /// <param name="Why">Why.</param>
    internal sealed record DraftBody(string? Text = null, string? Version = null, IReadOnlyDictionary<string, string?>? Cells = null, string? Why = null);

    /// <summary>What is checked.</summary>
    /// <param name="Version">A version; the one in force when neither is given.</param>
    /// <param name="Text">A text that is not stored.</param>
    internal sealed record CheckBody(string? Version = null, string? Text = null);

    /// <summary>A step in a version's life.</summary>
    /// <param name="Version">The version.</param>
    /// <param name="Why">Why.</param>
    internal sealed record StepBody(string Version, string? Why = null);

    /// <summary>What is evaluated.</summary>
    /// <param name="Inputs">The inputs by name.</param>
    /// <param name="AsOf">The day whose rules apply; today when left out.</param>
    /// <param name="Version">A version to try instead of the one in force, also a draft.</param>
    internal sealed record EvaluateBody(JsonElement Inputs, DateOnly? AsOf = null, string? Version = null);

    /// <summary>What came out.</summary>
    /// <param name="Ruleset">The ruleset.</param>
    /// <param name="Version">The version that was applied.</param>
    /// <param name="Result">The outputs by name.</param>
    /// <param name="Trace">Rows hit, values seen, reasons.</param>
    internal sealed record EvaluateAnswer(string Ruleset, string Version, JsonElement Result, JsonElement Trace);

    /// <summary>What is compared.</summary>
    /// <param name="To">The version that may come.</param>
    /// <param name="From">The version it is compared with; the one in force when left out.</param>
    /// <param name="Period">The days whose decisions are run again; the last 90 days when left out.</param>
    internal sealed record ImpactBody(string To, string? From = null, ImpactPeriod? Period = null);

    /// <summary>A period.</summary>
    /// <param name="From">First day.</param>
    /// <param name="To">Last day.</param>
    internal sealed record ImpactPeriod(DateOnly? From = null, DateOnly? To = null);

    /// <summary>An impact run.</summary>
    /// <param name="Id">Its id.</param>
    /// <param name="State"><c>running</c>, <c>done</c> or <c>failed</c>.</param>
    /// <param name="Done">Decisions that are done.</param>
    /// <param name="Total">Decisions of the period.</param>
    /// <param name="Error">Why it failed.</param>
    /// <param name="Report">What changes, from what to what, for whom, and the money difference.</param>
    internal sealed record ImpactAnswer(string Id, string State, long Done, long Total, string? Error, ImpactReport? Report);

    private static async Task<Ok<Page<RulesetSummary>>> ListAsync(RulesetService rulesets, DateOnly? asOf, string? cursor, int? limit, CancellationToken ct) =>
        TypedResults.Ok(Lists.Slice(await rulesets.ListAsync(asOf, ct), cursor, limit));

    private static async Task<Results<Ok<RulesetView>, ProblemHttpResult>> GetAsync(string name, RulesetService rulesets, HttpContext http, DateOnly? asOf, string? version, CancellationToken ct)
    {
        if (await rulesets.GetAsync(name, asOf, version, ct) is not { } found)
        {
            return ApiProblem.NotFound("ruleset", version is null ? name : $"{name} {version}");
        }

        http.Tag(found.ETag);
        return TypedResults.Ok(found);
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> TextAsync(string name, RulesetService rulesets, DateOnly? asOf, string? version, CancellationToken ct) =>
        await rulesets.GetAsync(name, asOf, version, ct) is { } found && Ruleset.TryParse(found.Text, out _) is { } ruleset
            ? TypedResults.Text(RulesetText.Render(ruleset.Document), "text/markdown")
            : ApiProblem.NotFound("ruleset", name);

    private static async Task<Results<Ok<RulesetVersionComparison>, ProblemHttpResult>> DiffAsync(string name, RulesetService rulesets, string to, string? from, CancellationToken ct) =>
        Answer(await rulesets.CompareAsync(name, from, to, ct));

    private static async Task<Results<Ok<RulesetView>, ProblemHttpResult>> DraftAsync(string name, DraftBody body, RulesetService rulesets, HttpContext http, CancellationToken ct)
    {
        if (body.Text is null == body.Cells is null)
        {
            return ApiProblem.From(new Refusal("ruleset.no-text", "Give either the whole text, or version and cells.", "text"));
        }

        if (body.Version is { } version && await rulesets.GetAsync(name, null, version, ct) is { } present && http.Stale(present.ETag) is { } stale)
        {
            return stale;
        }

        if (body.Text is not null)
        {
            return Answer(await rulesets.SaveDraftAsync(name, body.Text, body.Why, http.Actor(), ct));
        }

        if (body.Version is null)
        {
            return ApiProblem.From(new Refusal("ruleset.no-version", "Name the draft whose cells are set.", "version"));
        }

        return Answer(await rulesets.EditAsync(name, body.Version, text => body.Cells!.Aggregate(text, (current, cell) => RulesetTextEdit.Set(current, cell.Key, cell.Value)), body.Why, http.Actor(), ct));
    }

    private static async Task<Results<Ok<RulesetCheck>, ProblemHttpResult>> CheckAsync(string name, [FromBody] CheckBody? body, RulesetService rulesets, CancellationToken ct) =>
        await rulesets.CheckAsync(name, body?.Version, body?.Text, ct) is { } check ? TypedResults.Ok(check) : ApiProblem.NotFound("ruleset", body?.Version is null ? name : $"{name} {body.Version}");

    private static async Task<Results<Ok<RulesetView>, ProblemHttpResult>> ReviewAsync(string name, StepBody body, RulesetService rulesets, HttpContext http, CancellationToken ct) =>
        Answer(await rulesets.ReviewAsync(name, body.Version, body.Why, http.Actor(), ct));

    private static async Task<Results<Ok<RulesetView>, ProblemHttpResult>> ReturnAsync(string name, StepBody body, RulesetService rulesets, HttpContext http, CancellationToken ct) =>
        Answer(await rulesets.ReturnAsync(name, body.Version, body.Why, http.Actor(), ct));

    private static async Task<Results<Ok<RulesetView>, ProblemHttpResult>> PublishAsync(string name, StepBody body, RulesetService rulesets, HttpContext http, CancellationToken ct) =>
        Answer(await rulesets.PublishAsync(name, body.Version, body.Why, http.Actor(), ct));

    private static async Task<Results<Ok<RulesetView>, ProblemHttpResult>> RetireAsync(string name, StepBody body, RulesetService rulesets, HttpContext http, CancellationToken ct) =>
        Answer(await rulesets.RetireAsync(name, body.Version, body.Why, http.Actor(), ct));

    private static async Task<Results<Ok<EvaluateAnswer>, ProblemHttpResult>> EvaluateAsync(string name, EvaluateBody body, RulesetService rulesets, CancellationToken ct)
    {
        if (body.Inputs.ValueKind != JsonValueKind.Object)
        {
            return ApiProblem.From(new Refusal("ruleset.inputs", "'inputs' has to be an object with the inputs by name.", "inputs"));
        }

        var result = await rulesets.EvaluateAsync(name, body.AsOf, body.Version, body.Inputs, ct);
        return result.TryGet(out var answer)
            ? TypedResults.Ok(new EvaluateAnswer(answer.Ruleset, answer.Version, JsonElement.Parse(answer.OutputsJson), JsonElement.Parse(answer.TraceJson)))
            : ApiProblem.From(result);
    }

    private static async Task<Results<Ok<ImpactAnswer>, Accepted<ImpactAnswer>, ProblemHttpResult>> ImpactAsync(string name, ImpactBody body, RulesetImpacts impacts, CancellationToken ct)
    {
        var result = await impacts.StartAsync(name, body.From, body.To, body.Period?.From, body.Period?.To, ct);
        if (!result.TryGet(out var run))
        {
            return ApiProblem.From(result);
        }

        await impacts.WaitAsync(run, Patience, ct);
        return run.State == "running" ? TypedResults.Accepted($"{ApiSetup.Root}/rulesets/{name}/impact/{run.Id}", Of(run)) : TypedResults.Ok(Of(run));
    }

    private static Results<Ok<ImpactAnswer>, FileContentHttpResult, ProblemHttpResult> ImpactOfAsync(string name, string id, RulesetImpacts impacts, string? format)
    {
        if (impacts.Find(id) is not { } run || run.Ruleset != name)
        {
            return ApiProblem.NotFound("impact run", id);
        }

        return format == "csv" && run.Report is { } report
            ? TypedResults.File(System.Text.Encoding.UTF8.GetBytes(report.ToCsv()), "text/csv; charset=utf-8", $"{name}-{run.FromVersion}-{run.ToVersion}.csv")
            : TypedResults.Ok(Of(run));
    }

    private static ImpactAnswer Of(RulesetImpactRun run) => new(run.Id, run.State, run.Done, run.Total, run.Error, run.Report);

    private static Results<Ok<T>, ProblemHttpResult> Answer<T>(Result<T> result) => result.TryGet(out var value) ? TypedResults.Ok(value) : ApiProblem.From(result);
}

using Ecosystem.Designer.Identity;
using Ecosystem.Workflows;
using Ecosystem.Workflows.Incentives;
using Ecosystem.Workflows.Incentives.Files;
using Ecosystem.Workflows.Incentives.Payouts;
using Ecosystem.Workflows.Tasks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ecosystem.Designer.Api;

/// <summary><c>/payout-runs</c>: what is paid, by whose approval and release, and the bank's file.</summary>
internal static class PayoutsApi
{
    /// <summary>Asks for a run.</summary>
    internal sealed record NewRun(string Period, string Currency);

    /// <summary>A comment on a step.</summary>
    internal sealed record Step(string? Comment = null);

    /// <summary>A run as it is shown.</summary>
    internal sealed record RunView(
        string Id, string Period, PayoutRunStatus Status, Money Gross, Money Netted, Money TaxWithheld, Money Total, int Lines, string CreatedBy, DateTimeOffset CreatedAt,
        int ApprovalsNeeded, string? FirstApprovedBy, string? ApprovedBy, DateTimeOffset? ApprovedAt, string? ReleasedBy, DateTimeOffset? ReleasedAt, DateOnly? ExecutionDate, DateTimeOffset? EndedAt, string? Reason,
        IReadOnlyList<SkippedPartner> Skipped, IReadOnlyList<FileView> Files)
    {
        /// <summary>What is shown of a run.</summary>
        public static RunView Of(PayoutRun run, IReadOnlyList<PayoutFile> files) => new(
            run.Id.Value, run.Period, run.Status, new Money(run.Gross, run.Currency), new Money(run.Netted, run.Currency), new Money(run.TaxWithheld, run.Currency),
            new Money(run.Total, run.Currency), run.LineCount, run.CreatedBy, run.CreatedAt, run.ApprovalsNeeded, run.FirstApprovedBy, run.ApprovedBy, run.ApprovedAt, run.ReleasedBy, run.ReleasedAt, run.ExecutionDate,
            run.EndedAt, run.ReasonText, PayoutRunService.Skipped(run), [.. files.Select(file => new FileView(file.Format.ToName(), file.Name, file.Sha256, file.Size, file.Total, file.Payments))]);
    }

    /// <summary>A file of a run.</summary>
    internal sealed record FileView(string Format, string Name, string Sha256, int Size, Money Total, int Payments);

    /// <summary>One line of a run.</summary>
    internal sealed record LineView(
        string Id, PartnerId PartnerId, DealId? DealId, string Event, Money Base, decimal SharePercent, decimal RatePercent, Money Amount, LineStatus Status, string Why, DecisionId? DecisionId);

    /// <summary>Maps the calls.</summary>
    public static void Map(RouteGroupBuilder api)
    {
        var runs = api.MapGroup("/payout-runs").WithTags("Payouts").RequireAuthorization(Access.Read("payouts", Access.Staff));
        runs.MapGet("", ListAsync).WithSummary("Lists payout runs, newest period first");
        runs.MapPost("", RequestAsync).RequireAuthorization(Access.Write("payouts", Access.Money)).WithSummary("Asks for the payout run of a period and currency");
        runs.MapGet("/{id}", GetAsync).WithSummary("Shows one run");
        runs.MapGet("/{id}/lines", LinesAsync).WithSummary("Lists the lines a run pays");
        runs.MapGet("/{id}/file", FileAsync).RequireAuthorization(Access.Read("payouts", Roles.Finance)).WithSummary("Downloads the bank's file of a released run");
        foreach (var (step, outcome) in new[] { ("approve", PayoutTaskTypes.Approved), ("release", PayoutTaskTypes.Released), ("cancel", PayoutTaskTypes.Cancelled) })
        {
            runs.MapPost($"/{{id}}/{step}", (string id, Step? body, PayoutRunService service, TaskService tasks, HttpContext http, CancellationToken ct) =>
                    AnswerAsync(id, outcome, body?.Comment, service, tasks, http, ct))
                .RequireAuthorization(Access.Write("payouts", Roles.Finance)).WithSummary($"Answers the run's open task: {step}");
        }
    }

    private static async Task<Ok<Page<RunView>>> ListAsync(PayoutRunService runs, HttpContext http, string? cursor, int? limit, CancellationToken ct)
    {
        var all = await runs.ListAsync(http.Actor(), ct);
        return TypedResults.Ok(Lists.Slice([.. all.Select(run => RunView.Of(run, []))], cursor, limit));
    }

    private static async Task<Results<Accepted<RunView>, ProblemHttpResult>> RequestAsync(NewRun body, PayoutRunService runs, HttpContext http, CancellationToken ct)
    {
        if (!Currency.IsValid(body.Currency))
        {
            return ApiProblem.From(new Refusal("payout.currency", $"'{body.Currency}' is not a currency: it must be an ISO 4217 code of three capital letters, for example EUR.", "currency"));
        }

        var result = await runs.RequestAsync(body.Period, new Currency(body.Currency), http.Actor(), ct);
        return result.TryGet(out var run) ? TypedResults.Accepted($"{ApiSetup.Root}/payout-runs/{run.Id}", RunView.Of(run, [])) : ApiProblem.From(result);
    }

    private static async Task<Results<Ok<RunView>, ProblemHttpResult>> GetAsync(string id, PayoutRunService runs, HttpContext http, CancellationToken ct)
    {
        if (await FindAsync(id, runs, http, ct) is not { } run)
        {
            return ApiProblem.NotFound("payout-run", id);
        }

        http.Tag(run.Version);
        return TypedResults.Ok(RunView.Of(run, await runs.FilesAsync(run.Id, http.Actor(), ct)));
    }

    private static async Task<Results<Ok<Page<LineView>>, ProblemHttpResult>> LinesAsync(
        string id, PayoutRunService runs, HttpContext http, string? cursor, int? limit, CancellationToken ct)
    {
        if (await FindAsync(id, runs, http, ct) is not { } run)
        {
            return ApiProblem.NotFound("payout-run", id);
        }

        var lines = await runs.LinesAsync(run.Id, http.Actor(), ct);
        return TypedResults.Ok(Lists.Slice(
            [.. lines.Select(line => new LineView(
                line.Id.Value, line.PartnerId, line.DealId, line.Event, line.Base, line.SharePercent, line.RatePercent, line.Amount, line.Status, line.ReasonText, line.DecisionId))],
            cursor, limit));
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> FileAsync(string id, string? format, PayoutRunService runs, HttpContext http, CancellationToken ct)
    {
        var parsed = PaymentFileFormats.Parse(format ?? "pain.001.001.09");
        if (!parsed.TryGet(out var wanted))
        {
            return ApiProblem.From(parsed);
        }

        if (await FindAsync(id, runs, http, ct) is not { } run)
        {
            return ApiProblem.NotFound("payout-run", id);
        }

        var result = await runs.FileAsync(run.Id, wanted, http.Actor(), ct);
        return result.TryGet(out var file) ? TypedResults.File(file.Content.ToArray(), wanted.MediaType(), file.Name) : ApiProblem.From(result);
    }

    private static async Task<Results<Ok<RunView>, ProblemHttpResult>> AnswerAsync(
        string id, string outcome, string? comment, PayoutRunService runs, TaskService tasks, HttpContext http, CancellationToken ct)
    {
        if (await FindAsync(id, runs, http, ct) is not { } run)
        {
            return ApiProblem.NotFound("payout-run", id);
        }

        if (http.Stale(run.Version) is { } stale)
        {
            return stale;
        }

        if (http.Features.Get<IdempotencyKey>() is not null && IsDone(run, outcome, http.Actor()))
        {
            return TypedResults.Ok(RunView.Of(run, await runs.FilesAsync(run.Id, http.Actor(), ct)));
        }

        var open = await tasks.FindAsync(new TaskQuery(CaseId: new CaseId(run.Id.Value)), new PageRequest(), http.Actor(), ct);
        if (open.Items.FirstOrDefault(task => task.Outcomes.Contains(outcome)) is not { } task)
        {
            return ApiProblem.From(PayoutDuties.WrongStatus(run, outcome.ToLowerInvariant() + "d"));
        }

        var answered = await tasks.CompleteAsync(task.Id, outcome, null, comment, http.Actor(), ct);
        return answered.IsSuccess ? TypedResults.Ok(RunView.Of((await FindAsync(id, runs, http, ct))!, await runs.FilesAsync(run.Id, http.Actor(), ct))) : ApiProblem.From(answered);
    }

    // A repeat of a step that was taken just before the process died finds it taken.
    private static bool IsDone(PayoutRun run, string outcome, Actor actor) => outcome switch
    {
        PayoutTaskTypes.Approved => run.ApprovedBy == actor.Id || run.FirstApprovedBy == actor.Id,
        PayoutTaskTypes.Released => run.ReleasedBy == actor.Id,
        _ => false,
    };

    private static async Task<PayoutRun?> FindAsync(string id, PayoutRunService runs, HttpContext http, CancellationToken ct) =>
        EntityId.IsValid(id) ? await runs.GetAsync(new PayoutRunId(id), http.Actor(), ct) : null;
}

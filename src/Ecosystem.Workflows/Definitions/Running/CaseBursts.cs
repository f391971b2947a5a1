using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ecosystem.Workflows.Storage;
using Ecosystem.Workflows.Tasks;

namespace Ecosystem.Workflows.Definitions;

/// <summary>
/// Carries out bursts: takes a case from one wait to the next, with all its short steps, its journal, its tasks and its record, in one
/// transaction. The result is kept under the burst's key in the same transaction, so that a repeat after a crash gives the same result.
/// </summary>
internal sealed class CaseBursts(StorageSession session, PlanSource plans, StepCatalog steps, CaseWriter writer, TaskAnswers answers, IServiceProvider services)
{
    // A short step runs inside a transaction that others wait for.
    private static readonly TimeSpan LongestShortStep = TimeSpan.FromSeconds(40);

    /// <summary>Runs a burst.</summary>
    /// <param name="burst">The burst.</param>
    /// <param name="attempt">How often it has been tried, from 1.</param>
    /// <param name="cancellationToken">Gives up; nothing is kept.</param>
    /// <returns>What the engine was told.</returns>
    /// <exception cref="StepFailure">The first step failed and may be tried again.</exception>
    internal async Task<BurstResult> RunAsync(Burst burst, int attempt, CancellationToken cancellationToken)
    {
        try
        {
            return await WriteAsync(burst, null, cancellationToken);
        }
        catch (StepFailure failure) when (attempt + (burst.Tried == failure.Request ? 1 : 0) >= failure.Attempts)
        {
            return await WriteAsync(burst, failure, cancellationToken);
        }
        catch (StepFailure failure) when (failure.Before > 0 || burst.Reply is not null || burst.State is null || burst.Cancel)
        {
            // What came before the failed step is kept; the step gets a burst of its own.
            return await WriteAsync(burst with { MaxSteps = failure.Before, Tried = failure.Request }, null, cancellationToken);
        }
    }

    private Task<BurstResult> WriteAsync(Burst burst, StepFailure? given, CancellationToken cancellationToken) => session.WriteAsync(
        async (db, token) =>
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"{burst.RunId}/{burst.Number}");
            if (await db.FindAsync<StepRecord>([key], token) is { } known)
            {
                var done = JsonSerializer.Deserialize<KnownBurst>(known.OutputJson, StepJson.Options)!;
                return done.Result with { DoneAt = done.At, MissedFor = done.For == burst.For && !burst.OnlyKnown ? null : done.For };
            }

            if (burst.OnlyKnown)
            {
                return new BurstResult { Nothing = true };
            }

            var host = new CaseHost(plans, steps, burst.Case.CaseId, new Dictionary<string, string>(burst.Pinned), plans.Resolve) { Now = burst.Now };
            if (burst.Answer is { } answer)
            {
                var refusals = await answers.TakeAsync(db, answer, burst.Now, token);
                if (refusals.Count > 0)
                {
                    return new BurstResult { Refusals = [.. refusals] };
                }
            }

            var (engine, before) = Begin(burst, host);
            var replies = new List<ReplyRecord>();
            if (burst.Reply is { } first)
            {
                replies.Add(first);
                engine.Reply(first.Request, first.ToReply());
            }

            for (var done = 0; done < burst.MaxSteps && NextStep(engine) is { } request; done++)
            {
                var reply = given?.Request == request.Id
                    ? new EngineReply { Error = given.Message }
                    : await RunStepAsync(db, burst, engine, request, done, token);
                replies.Add(ReplyRecord.Of(request.Id, reply));
                engine.Reply(request.Id, reply);
            }

            await writer.WriteAsync(db, burst, engine, before, host, token);
            var result = new BurstResult { Replies = replies, Pinned = host.Pinned.Count == burst.Pinned.Count ? null : host.Pinned, Tried = burst.Tried is { } tried && engine.FindRequest(tried) is not null ? tried : null };
            db.Append(new StepRecord { Key = key, CaseId = new CaseId(burst.Case.CaseId), Outcome = engine.Status.ToString(), OutputJson = JsonSerializer.Serialize(new KnownBurst(result, burst.For, burst.Now), StepJson.Options) });
            return result;
        },
        cancellationToken);

    /// <summary>Runs one long step in a transaction of its own.</summary>
    internal Task<ReplyRecord> RunLongStepAsync(Burst burst, long requestId, CancellationToken cancellationToken) => session.WriteAsync(
        async (db, token) =>
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"{burst.RunId}/step/{requestId}");
            if (await db.FindAsync<StepRecord>([key], token) is { } known)
            {
                return JsonSerializer.Deserialize<ReplyRecord>(known.OutputJson, StepJson.Options)!;
            }

            var host = new CaseHost(plans, steps, burst.Case.CaseId, new Dictionary<string, string>(burst.Pinned), plans.Resolve) { Now = burst.Now };
            var (engine, _) = Begin(burst, host);
            var reply = ReplyRecord.Of(requestId, await RunStepAsync(db, burst, engine, engine.FindRequest(requestId)!, 0, token));
            db.Append(new StepRecord { Key = key, CaseId = new CaseId(burst.Case.CaseId), Outcome = reply.Outcome ?? "", OutputJson = JsonSerializer.Serialize(reply, StepJson.Options) });
            return reply;
        },
        cancellationToken);

    /// <summary>Writes down that a case goes on on another version; a repeat changes nothing.</summary>
    internal Task MigratedAsync(CaseId caseId, CaseMigration migration, DateTimeOffset at, CancellationToken cancellationToken) => session.WriteAsync(
        async (db, token) =>
        {
            var record = (await db.FindAsync<CaseRecord>([caseId], token))!;
            if (record.ContentHash == migration.ContentHash)
            {
                return;
            }

            (record.ContentHash, record.DefinitionVersion) = (migration.ContentHash, migration.Version);
            db.Append(new CaseHistoryEntry
            {
                CaseId = caseId,
                Number = ++record.LastEntry,
                StepId = "",
                Name = string.Create(CultureInfo.InvariantCulture, $"Goes on on version {migration.Version}"),
                Type = "Migration",
                Status = "Completed",
                At = at,
                By = migration.By,
            });
        },
        cancellationToken);

    /// <summary>Makes the engine a burst begins with, in the activity and in the workflow alike.</summary>
    internal static (ProcessEngine Engine, Dictionary<long, RequestKind> Before) Begin(Burst burst, CaseHost host)
    {
        var plan = host.FindPlan(burst.Case.ContentHash, null)!;
        ProcessEngine engine;
        if (burst.State is { } state)
        {
            engine = ProcessEngine.Restore(plan, host, CaseEngine.Options, state);
        }
        else
        {
            engine = new ProcessEngine(plan, host, CaseEngine.Options) { CorrelationId = burst.Case.SubjectId };
        }

        var before = engine.Requests.ToDictionary(request => request.Id, request => request.Kind);
        if (burst.State is null)
        {
            engine.Start(CaseEngine.Inputs(burst.Case), burst.Case.TriggerActivityId);
        }

        if (burst.Cancel)
        {
            engine.Cancel();
        }

        return (engine, before);
    }

    private EngineRequest? NextStep(ProcessEngine engine) =>
        engine.Requests.FirstOrDefault(request => request.Kind == RequestKind.Step && steps.Find(request.Name) is { Attribute: { LongRunning: false, ChildWorkflow: null } });

    private async Task<EngineReply> RunStepAsync(EcosystemDbContext db, Burst burst, ProcessEngine engine, EngineRequest request, int done, CancellationToken cancellationToken)
    {
        var step = steps.Find(request.Name)!;
        var limits = StepLimits.Of(request.Instance.Node, step.Attribute);
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        attempt.CancelAfter(step.Attribute.LongRunning || limits.Timeout < LongestShortStep ? limits.Timeout : LongestShortStep);
        var start = burst.Case;
        var context = new StepContext
        {
            CaseId = new CaseId(start.CaseId),
            DefinitionId = start.DefinitionId,
            RunId = burst.RunId,
            ActivityId = request.Instance.Node.Id,
            StepKey = string.Create(CultureInfo.InvariantCulture, $"{burst.RunId}/{request.Instance.Node.Id}/{request.Id}"),
            Subject = new Subject(start.SubjectKind, start.SubjectId),
            Partner = start.PartnerId is null ? null : new PartnerId(start.PartnerId),
            Db = db,
            Now = burst.Now,
            Actor = Actor.System("case:" + start.DefinitionId),
        };
        try
        {
            var input = Values.ToJsonObject(request.Data);
            var end = await step.Create(services).RunAsync((JsonObject)JsonNode.Parse(input.ToJsonString())!, context, attempt.Token);
            await db.SaveChangesAsync(attempt.Token);
            return new EngineReply { Outcome = end.Outcome, Output = (Dictionary<string, object?>)Values.FromJson(end.Output)! };
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var cause = exception is OperationCanceledException && attempt.IsCancellationRequested
                ? new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"One attempt may take {limits.Timeout.TotalSeconds} seconds; it was not done by then."), exception)
                : exception;
            throw new StepFailure(request.Id, done, limits.MaxAttempts, cause);
        }
    }

    /// <summary>A burst as it is kept.</summary>
    private sealed record KnownBurst(BurstResult Result, string For, DateTimeOffset At);
}

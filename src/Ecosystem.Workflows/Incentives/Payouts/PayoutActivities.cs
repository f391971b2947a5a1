using System.Text.Json.Nodes;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Storage;
using Ecosystem.Workflows.Tasks;
using Temporalio.Activities;

namespace Ecosystem.Workflows.Incentives.Payouts;

/// <summary>The steps of <see cref="PayoutRunWorkflow"/>, each one transaction.</summary>
internal sealed class PayoutActivities(StorageSession session, PayoutRunBook book, CaseEvents events, TimeProvider clock)
{
    private static readonly Actor System = Actor.System("payout-run");

    [Activity("PayoutCalculate")]
    public Task<PayoutStage> CalculateAsync(string runId) => session.WriteAsync(
        async (db, token) =>
        {
            var run = await book.CalculateAsync(db, new PayoutRunId(runId), System, token);
            return await StageAsync(db, run, token);
        },
        Cancellation);

    [Activity("PayoutAnswerTask")]
    public async Task<PayoutStage> AnswerAsync(string runId, TaskAnswer answer)
    {
        var id = new PayoutRunId(runId);
        var result = await session.WriteAsync<Result<PayoutStage>>(
            async (db, token) =>
            {
                var task = await db.FindAsync<HumanTask>([new TaskId(answer.TaskId)], token);
                if (task is null || task.CaseId.Value != runId)
                {
                    return Refusal.NotFound("task", answer.TaskId, "taskId");
                }

                if (task.State is TaskState.Completed or TaskState.Cancelled)
                {
                    return task.CompletedBy == answer.Actor.Id && task.Outcome == answer.Outcome
                        ? await StageAsync(db, await PayoutRunBook.FindAsync(db, id, token), token)
                        : new Refusal("task.not-open", $"The task '{answer.TaskId}' was answered already.", "taskId");
                }

                var done = await CarryOutAsync(db, id, task, answer, token);
                if (!done.TryGet(out var run))
                {
                    return Result<PayoutStage>.Refused(done.Refusals);
                }

                PayoutTasks.Complete(task, answer, clock.GetUtcNow());
                return await StageAsync(db, run, token);
            },
            Cancellation);
        return result.TryGet(out var stage) ? stage : new PayoutStage(PayoutRunStatus.Requested, answer.TaskId, result.Refusals);
    }

    [Activity("PayoutCancel")]
    public async Task<PayoutStage> CancelAsync(string runId, PayoutCancellation cancellation)
    {
        var id = new PayoutRunId(runId);
        var result = await session.WriteAsync<Result<PayoutStage>>(
            async (db, token) =>
            {
                var done = await book.CancelAsync(db, id, cancellation.Reason, cancellation.Actor.ToActor(), token);
                if (!done.TryGet(out var run))
                {
                    return Result<PayoutStage>.Refused(done.Refusals);
                }

                await PayoutTasks.CancelOpenAsync(db, id, token);
                return await StageAsync(db, run, token);
            },
            Cancellation);
        return result.TryGet(out var stage) ? stage : new PayoutStage(PayoutRunStatus.Requested, null, result.Refusals);
    }

    private static CancellationToken Cancellation => ActivityExecutionContext.HasCurrent ? ActivityExecutionContext.Current.CancellationToken : CancellationToken.None;

    private async Task<Result<PayoutRun>> CarryOutAsync(EcosystemDbContext db, PayoutRunId id, HumanTask task, TaskAnswer answer, CancellationToken cancellationToken)
    {
        var actor = answer.Actor.ToActor();
        var reason = string.IsNullOrWhiteSpace(answer.Comment) ? "no reason given" : answer.Comment;
        return (task.Type, answer.Outcome) switch
        {
            (PayoutTaskTypes.Approve, PayoutTaskTypes.Approved) => await book.ApproveAsync(db, id, actor, cancellationToken),
            (PayoutTaskTypes.Approve, PayoutTaskTypes.Rejected) => await book.CancelAsync(db, id, $"Rejected: {reason}", actor, cancellationToken),
            (PayoutTaskTypes.Release, PayoutTaskTypes.Released) => await book.ReleaseAsync(db, id, actor, cancellationToken),
            (PayoutTaskTypes.Release, PayoutTaskTypes.Cancelled) => await book.CancelAsync(db, id, $"Not released: {reason}", actor, cancellationToken),
            (PayoutTaskTypes.Settle, PayoutTaskTypes.Settled) => await book.SettleAsync(db, id, Rejections(answer.Data), actor, cancellationToken),
            _ => new Refusal("task.outcome", $"The task {task.Type} has no outcome '{answer.Outcome}'; it has {string.Join(", ", task.Outcomes())}.", "outcome"),
        };
    }

    private static Dictionary<string, string> Rejections(JsonObject? data) =>
        data?["rejections"] is JsonArray rejections
            ? rejections.OfType<JsonObject>().ToDictionary(item => (string?)item["endToEndId"] ?? "", item => (string?)item["reason"] ?? "no reason given", StringComparer.Ordinal)
            : [];

    private async Task<PayoutStage> StageAsync(EcosystemDbContext db, PayoutRun run, CancellationToken cancellationToken)
    {
        var task = await PayoutTasks.OpenAsync(db, run, clock.GetUtcNow(), cancellationToken);
        await PayoutCases.FollowAsync(db, run, task, cancellationToken);
        if (run.IsEnded && run.CallerCaseId is { } caller)
        {
            var held = (await PayoutRunBook.PaymentsAsync(db, run.Id, cancellationToken)).Where(payment => payment.Status == PaymentStatus.Held)
                .Select(payment => new { partnerId = payment.PartnerId, reason = payment.ReasonText });
            events.Add(db, caller, PayoutCases.Ended, new { runId = run.Id, status = run.Status.ToString(), total = run.Total, currency = run.Currency, held });
        }

        return new PayoutStage(run.Status, task?.Id.Value, []);
    }
}

using System.Text.Json;
using Ecosystem.Workflows.Storage;
using Ecosystem.Workflows.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Incentives.Payouts;

/// <summary>Opens and closes the tasks of a payout run, in the transaction of the step that calls for it.</summary>
internal static class PayoutTasks
{
    private const string PlainForm = """{"type":"object","properties":{}}""";

    private const string SettleForm =
        """{"type":"object","properties":{"rejections":{"type":"array","title":"Payments the bank rejected","items":{"type":"object","required":["endToEndId","reason"],"properties":{"endToEndId":{"type":"string","title":"End-to-end id"},"reason":{"type":"string","title":"The bank's reason"}}}}}}""";

    public static async Task<HumanTask?> OpenAsync(EcosystemDbContext db, PayoutRun run, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (Wanted(run) is not { } wanted)
        {
            return null;
        }

        var id = new TaskId($"{run.Id}-{wanted.Step}");
        if (await db.FindAsync<HumanTask>([id], cancellationToken) is { } known)
        {
            return known;
        }

        var task = new HumanTask
        {
            Id = id,
            CaseId = new CaseId(run.Id.Value),
            StepId = wanted.Step,
            Type = wanted.Type,
            Title = $"{wanted.Verb} the payout run {run.Period} in {run.Currency}: {new Money(run.Total, run.Currency)}",
            DescriptionText = wanted.Text,
            SubjectKind = "payout",
            SubjectId = run.Id.Value,
            FormJson = wanted.Type == PayoutTaskTypes.Settle ? SettleForm : PlainForm,
            ContextJson = JsonSerializer.Serialize(
                new { period = run.Period, gross = run.Gross, netted = run.Netted, taxWithheld = run.TaxWithheld, total = run.Total, currency = run.Currency, lines = run.LineCount },
                StoredJson.Options),
            OutcomesJson = JsonSerializer.Serialize(wanted.Outcomes),
            CandidateRoles = "|finance|",
            Excluded = Excluded(run, wanted.Type),
            CreatedAt = now,
            Due = now.AddDays(3),
        };
        db.Add(task);
        return task;
    }

    public static void Complete(HumanTask task, TaskAnswer answer, DateTimeOffset now)
    {
        task.State = TaskState.Completed;
        task.Assignee = answer.Actor.Id;
        task.Outcome = answer.Outcome;
        task.DataJson = answer.Data?.ToJsonString(StoredJson.Options);
        task.CommentText = answer.Comment;
        task.CompletedBy = answer.Actor.Id;
        task.CompletedAt = now;
    }

    public static async Task CancelOpenAsync(EcosystemDbContext db, PayoutRunId run, CancellationToken cancellationToken)
    {
        var caseId = new CaseId(run.Value);
        foreach (var task in await db.Set<HumanTask>().AsTracking().Where(task => task.CaseId == caseId && (task.State == TaskState.Open || task.State == TaskState.Claimed)).ToListAsync(cancellationToken))
        {
            task.State = TaskState.Cancelled;
        }
    }

    private static (string Step, string Type, string Verb, string Text, string[] Outcomes)? Wanted(PayoutRun run) => run.Status switch
    {
        PayoutRunStatus.Calculated => (
            run.FirstApprovedBy is null ? "approve" : "approve-2", PayoutTaskTypes.Approve, "Approve",
            "Check the lines and the partners that are left out. Who asked for the run may not approve it."
                + (run.ApprovalsNeeded > 1 ? " The amount needs the approval of two people." : ""),
            [PayoutTaskTypes.Approved, PayoutTaskTypes.Rejected]),
        PayoutRunStatus.Approved => (
            "release", PayoutTaskTypes.Release, "Release", "Releasing writes the bank files. Who asked for the run, approved it, or entered or verified a payee's bank details may not release it.",
            [PayoutTaskTypes.Released, PayoutTaskTypes.Cancelled]),
        PayoutRunStatus.Released => (
            "settle", PayoutTaskTypes.Settle, "Settle", "Book the bank's answer: name the payments it rejected; all others are paid.",
            [PayoutTaskTypes.Settled]),
        _ => null,
    };

    private static string People(params string?[] people) => $"|{string.Join('|', people.OfType<string>().Distinct(StringComparer.Ordinal))}|";

    private static string Excluded(PayoutRun run, string type) => type switch
    {
        PayoutTaskTypes.Approve => People(run.CreatedBy, run.FirstApprovedBy),
        PayoutTaskTypes.Release => People(run.CreatedBy, run.FirstApprovedBy, run.ApprovedBy),
        _ => "",
    };
}

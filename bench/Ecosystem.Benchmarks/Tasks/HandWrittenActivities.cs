using Ecosystem.Workflows;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Storage;
using Ecosystem.Workflows.Tasks;
using Temporalio.Activities;

namespace Ecosystem.Benchmarks.Tasks;

/// <summary>The two transactions of <see cref="HandWrittenWorkflow"/>: what has to be in the database for the inbox and the case page.</summary>
internal sealed class HandWrittenActivities(StorageSession storage, TaskAnswers answers, TimeProvider clock)
{
    [Activity]
    public Task OpenAsync(string caseId, string title, string stage) => storage.WriteAsync(async (db, token) =>
    {
        var now = clock.GetUtcNow();
        var id = new TaskId(caseId + ".1");
        if (await db.Set<HumanTask>().FindAsync([id], token) is not null)
        {
            return;
        }

        var record = (await db.Set<CaseRecord>().FindAsync([new CaseId(caseId)], token))!;
        (record.Status, record.Stage, record.WaitingForWho, record.WaitingForWhat, record.ChangedAt) = (CaseStatus.Running, stage, "approver", title, now);
        db.Add(new HumanTask
        {
            Id = id, CaseId = record.Id, StepId = "approve", Type = "bench-approval", Title = title, SubjectKind = record.SubjectKind, SubjectId = record.SubjectId,
            OutcomesJson = """["Approve","Reject"]""", CandidateRoles = "|approver|", CreatedAt = now, Due = now.AddDays(2),
        });
        Write(db, record, "approve", "Waiting", null, null, now);
    });

    [Activity]
    public Task<TaskAnswered> AnswerAsync(string caseId, TaskAnswer answer) => storage.WriteAsync(async (db, token) =>
    {
        var now = clock.GetUtcNow();
        var refusals = await answers.TakeAsync(db, answer, now, token);
        if (refusals.Count == 0)
        {
            var record = (await db.Set<CaseRecord>().FindAsync([new CaseId(caseId)], token))!;
            (record.Status, record.WaitingForWho, record.WaitingForWhat, record.ChangedAt, record.EndedAt, record.Outcome) = (CaseStatus.Completed, null, null, now, now, "Done");
            Write(db, record, "approve", "Completed", answer.Outcome, answer.Actor.Id, now);
        }

        return new TaskAnswered(refusals);
    });

    private static void Write(EcosystemDbContext db, CaseRecord record, string step, string status, string? outcome, string? by, DateTimeOffset now) => db.Append(new CaseHistoryEntry
    {
        CaseId = record.Id, Number = ++record.LastEntry, StepId = step, Name = step, Type = "Ecosystem.HumanTask", Status = status, Outcome = outcome, At = now, By = by,
    });
}

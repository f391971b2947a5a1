using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Storage;
using Ecosystem.Workflows.Tasks;

namespace Ecosystem.Workflows.Incentives.Payouts;

/// <summary>Keeps the read model of a payout run's case: a run is a case of kind <c>payout-run</c> whose id is the run's.</summary>
internal static class PayoutCases
{
    public const string Kind = "payout-run";

    /// <summary>The event that the calling case waits for.</summary>
    public const string Ended = "payout.ended";

    public static void Open(EcosystemDbContext db, PayoutRun run) => db.Add(new CaseRecord
    {
        Id = new CaseId(run.Id.Value),
        Kind = Kind,
        SubjectKind = "payout",
        SubjectId = run.Id.Value,
        Stage = "Calculating",
        WaitingForWho = "system",
        WaitingForWhat = "Calculate the run",
        Status = CaseStatus.Running,
        StartedAt = run.CreatedAt,
        ChangedAt = run.CreatedAt,
    });

    public static async Task FollowAsync(EcosystemDbContext db, PayoutRun run, HumanTask? task, CancellationToken cancellationToken)
    {
        if (await db.FindAsync<CaseRecord>([new CaseId(run.Id.Value)], cancellationToken) is not { } record)
        {
            return;
        }

        record.Stage = run.Status.ToString();
        record.WaitingForWho = task is null ? null : "finance";
        record.WaitingForWhat = task?.Title;
        record.Due = task?.Due;
        if (run.IsEnded)
        {
            record.Status = run.Status == PayoutRunStatus.Cancelled ? CaseStatus.Cancelled : CaseStatus.Completed;
            record.Outcome = run.Status.ToString();
            record.EndedAt = run.EndedAt;
        }
    }
}

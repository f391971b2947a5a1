using Ecosystem.Workflows.Definitions;

namespace Ecosystem.Designer.Components;

/// <summary>What the process map shows of each step of a case: how its last execution stands, and the time all of them took.</summary>
internal static class CaseMarks
{
    private static readonly TimeSpan WorthTelling = TimeSpan.FromMinutes(1);

    /// <summary>The marks by step.</summary>
    /// <param name="journal">Everything that happened, oldest first.</param>
    /// <param name="record">The case.</param>
    /// <param name="now">The present time, up to which a waiting step has waited.</param>
    public static IReadOnlyDictionary<string, StepMark> Of(IReadOnlyList<CaseHistoryEntry> journal, CaseRecord record, DateTimeOffset now) => journal
        .GroupBy(entry => entry.StepId, StringComparer.Ordinal)
        .ToDictionary(
            step => step.Key,
            step =>
            {
                var last = step.MaxBy(entry => entry.Number)!;
                var state = last.Status == "Approved" ? "waiting" : Timeline.ClassOf(last.Status);
                var open = state == "waiting" && record.EndedAt is null;
                var spent = step.GroupBy(entry => entry.Execution).Aggregate(TimeSpan.Zero, (sum, execution) =>
                    sum + ((open && execution.Key == last.Execution ? now : execution.Max(entry => entry.At)) - execution.Min(entry => entry.At)));
                var note = open && record.WaitingForWho is { } who ? $"for {CaseWords.Who(who, null)}" : last.Outcome is not null and not "Done" ? Words.Of(last.Outcome) : null;
                return new StepMark(state == "waiting" && !open ? "" : state, note, spent >= WorthTelling ? spent : null);
            },
            StringComparer.Ordinal);
}

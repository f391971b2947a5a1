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
    /// <param name="partner">The partner whose people read it; null for the vendor's own.</param>
    public static IReadOnlyDictionary<string, StepMark> Of(IReadOnlyList<CaseHistoryEntry> journal, CaseRecord record, DateTimeOffset now, string? partner = null)
    {
        var steps = journal.GroupBy(entry => entry.StepId, StringComparer.Ordinal).Select(step => (Last: step.MaxBy(entry => entry.Number)!, Entries: step)).ToList();

        // A case knows one who acts next: of several steps that wait it would be told of the wrong one, too.
        var alone = steps.Count(step => StateOf(step.Last) == "waiting") == 1;
        return steps.ToDictionary(
            step => step.Last.StepId,
            step =>
            {
                var (last, state) = (step.Last, StateOf(step.Last));
                var open = state == "waiting" && record.EndedAt is null;
                var spent = step.Entries.GroupBy(entry => entry.Execution).Aggregate(TimeSpan.Zero, (sum, execution) =>
                    sum + ((open && execution.Key == last.Execution ? now : execution.Max(entry => entry.At)) - execution.Min(entry => entry.At)));
                var note = open && alone && record.WaitingForWho is { } who ? $"for {CaseWords.Who(who, partner)}" : last.Outcome is not null and not "Done" ? Words.Of(last.Outcome) : null;
                return new StepMark(state == "waiting" && !open ? "" : state, note, spent >= WorthTelling ? spent : null, last.Number);
            },
            StringComparer.Ordinal);
    }

    private static string StateOf(CaseHistoryEntry entry) => entry.Status == "Approved" ? "waiting" : Timeline.ClassOf(entry.Status);
}

using Ecosystem.Temporal.Visibility.Filters;

namespace Ecosystem.Temporal.Visibility;

/// <summary>Lists and counts runs. Rows are written in the transactions of the runs, through <c>StoreWrite.Visibility</c>.</summary>
internal interface IVisibilityStore
{
    /// <summary>The row of a run, or null.</summary>
    VisibilityRecord? Find(long key);

    /// <summary>A page of runs: open ones first, then by close time and start time, the latest first.</summary>
    IReadOnlyList<VisibilityRecord> List(string ns, VisibilityQuery query, int pageSize, VisibilityPageToken? after);

    /// <summary>How many runs the filter selects.</summary>
    long Count(string ns, VisibilityQuery query);

    /// <summary>How many runs the filter selects, by status.</summary>
    IReadOnlyList<(WorkflowExecutionStatus Status, long Count)> CountByStatus(string ns, VisibilityQuery query);
}

namespace Ecosystem.Temporal.Batch;

/// <summary>How far a batch has come.</summary>
/// <param name="Listed">Of the executions that the request names, how many are done.</param>
/// <param name="After">Where the last page of its query ended; null before the first.</param>
internal sealed record BatchPosition(int Listed, VisibilityPageToken? After);

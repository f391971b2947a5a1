namespace Ecosystem.Workflows.Simulation;

/// <summary>A cause of repairs or rejections.</summary>
/// <param name="Kind"><c>repaired</c>, <c>rejected</c> or <c>noted</c>.</param>
/// <param name="File">The file.</param>
/// <param name="Field">The column.</param>
/// <param name="Reason">Why.</param>
/// <param name="Count">How many rows.</param>
/// <param name="FirstRows">The first of them; the header is row 1.</param>
public sealed record SummaryReason(string Kind, string File, string Field, string Reason, int Count, IReadOnlyList<int> FirstRows);

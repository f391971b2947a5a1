namespace Ecosystem.Workflows.Integration;

/// <summary>Something an import did with a row, and why.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="File">The file.</param>
/// <param name="Row">The row; the header is row 1.</param>
/// <param name="Field">The column.</param>
/// <param name="Reason">Why, in words that are the same for all rows of one cause.</param>
/// <param name="Found">The text as found; null where there was none.</param>
/// <param name="Used">The text that was used instead, for a repair.</param>
public sealed record ImportFinding(ImportFindingKind Kind, string File, int Row, string Field, string Reason, string? Found = null, string? Used = null);

namespace Ecosystem.Workflows.Integration.Imports;

/// <summary>What became of the rows of a file: every row is accepted, a duplicate, or rejected for one or more reasons.</summary>
/// <param name="Accepted">Rows taken in, or that would be in a dry run.</param>
/// <param name="Rejected">Why rows were not taken, in the order of the file.</param>
/// <param name="Duplicates">Rows that were here already, or earlier in the file; nothing was changed for them.</param>
/// <param name="DryRun">Nothing was changed at all.</param>
public sealed record ImportReport(int Accepted, IReadOnlyList<ImportRejection> Rejected, int Duplicates, bool DryRun);

namespace Ecosystem.Workflows.Integration.Imports;

/// <summary>A file to import.</summary>
/// <param name="Kind">What its rows are.</param>
/// <param name="Name">The file's name, for messages.</param>
/// <param name="Text">CSV with a header.</param>
/// <param name="Mapping">
/// The field each column stands for, by the column's name in the file; null leaves a column out. Columns that are not in it keep their
/// own name, of which capitals, spaces, points and underscores do not matter.
/// </param>
public sealed record ImportFile(ImportKind Kind, string Name, string Text, IReadOnlyDictionary<string, string?>? Mapping = null);

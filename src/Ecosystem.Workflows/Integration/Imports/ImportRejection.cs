namespace Ecosystem.Workflows.Integration.Imports;

/// <summary>Why a row was not taken.</summary>
/// <param name="Row">The line an editor shows for it; the header is 1.</param>
/// <param name="Field">The field at fault; empty when it is the row as a whole.</param>
/// <param name="Reason">What was wrong and what would be right.</param>
public sealed record ImportRejection(int Row, string Field, string Reason);

using Ecosystem.Rules.Feel;

namespace Ecosystem.Rules.Tables;

/// <summary>A decision table that cannot be compiled or, in strict mode, cannot decide.</summary>
public sealed class DecisionTableException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="diagnostics">What is wrong, at least one.</param>
    public DecisionTableException(IReadOnlyList<TableDiagnostic> diagnostics)
        : base(string.Join(Environment.NewLine, diagnostics)) => Diagnostics = diagnostics;

    /// <summary>What is wrong, in order of the rows.</summary>
    public IReadOnlyList<TableDiagnostic> Diagnostics { get; }
}

/// <summary>One thing wrong with a decision table.</summary>
/// <param name="Table">Name of the table.</param>
/// <param name="RowId">Row it is in; null when it is in a column's head or concerns several rows.</param>
/// <param name="Column">Input or output column, from 0; null when it concerns none.</param>
/// <param name="IsOutput">Whether <paramref name="Column"/> counts outputs.</param>
/// <param name="Detail">What is wrong, with line and column inside the cell.</param>
public sealed record TableDiagnostic(string Table, string? RowId, int? Column, bool IsOutput, FeelDiagnostic Detail)
{
    /// <summary>Table, row, column and message.</summary>
    public override string ToString()
    {
        var place = (RowId is null ? "" : $"row '{RowId}', ") + (Column is null ? "" : $"{(IsOutput ? "output" : "input")} {Column + 1}, ");
        return $"Table '{Table}', {place}{Detail}";
    }
}

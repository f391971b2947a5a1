namespace Ecosystem.Rules.Tables;

/// <summary>Result of one evaluation with what led to it.</summary>
/// <param name="Value">The table's result: one output, a context of outputs, or a list of either, as the hit policy says; null when no row matched and there is no default.</param>
/// <param name="Hits">The rows that made the result, in the order in which they appear in it.</param>
/// <param name="Inputs">Each input column's value.</param>
/// <param name="Defaulted">Whether no row matched and the default outputs were used.</param>
public sealed record TableResult(object? Value, IReadOnlyList<TableHit> Hits, IReadOnlyList<TableInputValue> Inputs, bool Defaulted);

/// <summary>A row that matched.</summary>
/// <param name="RowId">Id of the row.</param>
/// <param name="RowIndex">Place of the row, from 0.</param>
/// <param name="Output">The row's output: one value, or a context when there are several outputs.</param>
/// <param name="Annotation">The row's note.</param>
public sealed record TableHit(string RowId, int RowIndex, object? Output, string? Annotation);

/// <summary>What an input column saw.</summary>
/// <param name="Label">Label or expression of the column.</param>
/// <param name="Value">Its value.</param>
public sealed record TableInputValue(string Label, object? Value);

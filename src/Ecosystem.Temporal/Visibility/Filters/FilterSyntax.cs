namespace Ecosystem.Temporal.Visibility.Filters;

/// <summary>A parsed expression of a list filter, before names and types are looked up.</summary>
/// <param name="Kind">The name by which the server's error messages call this kind of expression.</param>
internal abstract record FilterSyntax(string Kind);

internal sealed record ColumnSyntax(string Name) : FilterSyntax("*sqlparser.ColName");

/// <summary>A literal: text, or a number as written.</summary>
internal sealed record LiteralSyntax(string Text, bool IsText) : FilterSyntax("*sqlparser.SQLVal");

internal sealed record BoolSyntax(bool Value) : FilterSyntax("sqlparser.BoolVal");

internal sealed record SignSyntax(string Operator, FilterSyntax Operand) : FilterSyntax("*sqlparser.UnaryExpr");

internal sealed record TupleSyntax(IReadOnlyList<FilterSyntax> Items) : FilterSyntax("sqlparser.ValTuple");

internal sealed record ParenthesisSyntax(FilterSyntax Inner) : FilterSyntax("*sqlparser.ParenExpr");

internal sealed record NotSyntax(FilterSyntax Operand) : FilterSyntax("*sqlparser.NotExpr");

internal sealed record AndSyntax(FilterSyntax Left, FilterSyntax Right) : FilterSyntax("*sqlparser.AndExpr");

internal sealed record OrSyntax(FilterSyntax Left, FilterSyntax Right) : FilterSyntax("*sqlparser.OrExpr");

internal sealed record ComparisonSyntax(FilterSyntax Left, string Operator, FilterSyntax Right) : FilterSyntax("*sqlparser.ComparisonExpr");

internal sealed record BetweenSyntax(FilterSyntax Left, bool Negated, FilterSyntax From, FilterSyntax To) : FilterSyntax("*sqlparser.RangeCond");

internal sealed record IsSyntax(FilterSyntax Operand, string Operator) : FilterSyntax("*sqlparser.IsExpr");

internal sealed record FunctionSyntax() : FilterSyntax("*sqlparser.FuncExpr");

/// <summary>An expression that SQL knows and filters do not: arithmetic, a subquery, CASE, EXISTS, NULL…</summary>
internal sealed record OtherSyntax(string Kind) : FilterSyntax(Kind);

/// <summary>A whole filter: the condition and the clauses behind it.</summary>
internal sealed record FilterStatement(
    FilterSyntax? Where, IReadOnlyList<FilterSyntax> GroupBy, IReadOnlyList<FilterSyntax> OrderBy, bool HasLimit);

using System.Text;

namespace Ecosystem.Temporal.Visibility.Filters;

/// <summary>A filter as SQL over the visibility tables.</summary>
/// <param name="Condition">The condition; parameters are <c>$f0</c>, <c>$f1</c>…</param>
/// <param name="Parameters">Their values, in order.</param>
/// <param name="GroupsByStatus">Whether a count is asked for by execution status.</param>
internal sealed record VisibilityQuery(string Condition, IReadOnlyList<object> Parameters, bool GroupsByStatus);

/// <summary>Looks up the names of a parsed filter, checks types and operators, and writes it as SQL.</summary>
internal sealed class FilterBinder
{
    private const string NamespaceDivision = "TemporalNamespaceDivision";

    private static readonly Dictionary<string, string> ScalarOperators = new(StringComparer.Ordinal)
    {
        ["="] = "=", ["!="] = "!=", ["<"] = "<", [">"] = ">", ["<="] = "<=", [">="] = ">=", ["in"] = "IN", ["not in"] = "NOT IN",
    };

    private readonly SearchAttributeMap _attributes;
    private readonly List<object> _parameters = [];
    private readonly StringBuilder _sql = new();
    private bool _seesDivision;

    private readonly IReadOnlyDictionary<string, string>? _names;

    private FilterBinder(SearchAttributeMap attributes, IReadOnlyDictionary<string, string>? names)
    {
        _attributes = attributes;
        _names = names;
    }

    /// <summary>Parses and binds a filter.</summary>
    /// <exception cref="VisibilityQueryException">It is malformed, names an unknown attribute, or asks for what filters cannot do.</exception>
    /// <param name="filter">The filter.</param>
    /// <param name="attributes">The namespace's search attributes.</param>
    /// <param name="division">The division to look in; null for that of workflows, unless the filter names one.</param>
    /// <param name="names">Other names of attributes in that division, with the usual ones.</param>
    public static VisibilityQuery Bind(
        string filter, SearchAttributeMap attributes, string? division = null, IReadOnlyDictionary<string, string>? names = null)
    {
        var statement = FilterParser.Parse(filter);
        if (statement.HasLimit)
        {
            throw VisibilityQueryException.NotSupported("'LIMIT' clause");
        }

        var binder = new FilterBinder(attributes, names);
        if (statement.Where is { } where)
        {
            binder.Condition(where);
        }

        var grouped = binder.GroupBy(statement.GroupBy);
        foreach (var key in statement.OrderBy)
        {
            binder.Column(key);
        }

        if (statement.OrderBy.Count > 0)
        {
            throw VisibilityQueryException.NotSupported("'ORDER BY' clause");
        }

        var condition = binder._sql.ToString();
        if (!binder._seesDivision)
        {
            // Schedules, batches and deployments live in divisions of their own; a filter sees them only when it names them.
            var undivided = VisibilitySchema.ColumnOf(NamespaceDivision) + (division is null ? " IS NULL" : " = " + binder.Parameter(division));
            condition = condition.Length == 0 ? undivided : $"{undivided} AND ({condition})";
        }

        return new VisibilityQuery(condition.Length == 0 ? "1" : condition, binder._parameters, grouped);
    }

    private bool GroupBy(IReadOnlyList<FilterSyntax> keys)
    {
        if (keys.Count > 1)
        {
            throw VisibilityQueryException.NotSupported("'GROUP BY' clause supports only a single field");
        }

        foreach (var key in keys)
        {
            var column = Column(key);
            if (column.Field != "ExecutionStatus")
            {
                throw VisibilityQueryException.NotSupported($"'GROUP BY' clause is not supported for search attribute {column.Name}");
            }
        }

        return keys.Count == 1;
    }

    private void Condition(FilterSyntax syntax)
    {
        switch (syntax)
        {
            case ParenthesisSyntax parenthesis:
                _sql.Append('(');
                Condition(parenthesis.Inner);
                _sql.Append(')');
                break;
            case NotSyntax not:
                _sql.Append("NOT (");
                Condition(not.Operand);
                _sql.Append(')');
                break;
            case AndSyntax and:
                Junction(and.Left, " AND ", and.Right);
                break;
            case OrSyntax or:
                Junction(or.Left, " OR ", or.Right);
                break;
            case ComparisonSyntax comparison:
                Comparison(comparison);
                break;
            case BetweenSyntax between:
                Between(between);
                break;
            case IsSyntax test:
                Is(test);
                break;
            case FunctionSyntax:
                throw VisibilityQueryException.NotSupported("function expression");
            case ColumnSyntax:
                throw VisibilityQueryException.Invalid("incomplete expression");
            default:
                throw VisibilityQueryException.NotSupported("expression of type " + syntax.Kind);
        }
    }

    private void Junction(FilterSyntax left, string word, FilterSyntax right)
    {
        _sql.Append('(');
        Condition(left);
        _sql.Append(word);
        Condition(right);
        _sql.Append(')');
    }

    private SearchAttributeColumn Column(FilterSyntax syntax)
    {
        if (syntax is not ColumnSyntax named)
        {
            throw VisibilityQueryException.Invalid("must be a column name but was " + syntax.Kind);
        }

        if (!_attributes.TryResolve(_names?.GetValueOrDefault(named.Name) ?? named.Name, out var column))
        {
            throw new VisibilityQueryException("invalid search attribute: " + named.Name);
        }

        _seesDivision |= column.Field == NamespaceDivision;
        return column;
    }

    private void Comparison(ComparisonSyntax comparison)
    {
        var column = Column(comparison.Left);
        var value = Value(comparison.Right, column);
        switch (column.Type)
        {
            case IndexedValueType.KeywordList when comparison.Operator is "=" or "!=" or "in" or "not in":
                KeywordList(column, comparison.Operator, value);
                break;
            case IndexedValueType.Text when comparison.Operator is "=" or "!=":
                Text(column, comparison.Operator, (string)value);
                break;
            case IndexedValueType.Keyword when comparison.Operator is "starts_with" or "not starts_with":
                StartsWith(column, comparison.Operator, value);
                break;
            case not (IndexedValueType.KeywordList or IndexedValueType.Text) when ScalarOperators.TryGetValue(comparison.Operator, out var sql):
                _sql.Append(VisibilitySchema.ColumnOf(column.Field)).Append(' ').Append(sql).Append(' ');
                if (value is List<object> items)
                {
                    _sql.Append('(').AppendJoin(", ", items.Select(Parameter)).Append(')');
                }
                else
                {
                    _sql.Append(Parameter(value));
                }

                break;
            default:
                throw VisibilityQueryException.NotSupported(
                    $"operator '{comparison.Operator.ToUpperInvariant()}' not supported for {column.TypeName} type search attribute '{column.Name}'");
        }
    }

    private void KeywordList(SearchAttributeColumn column, string @operator, object value)
    {
        var values = value as List<object> ?? [value];
        _sql.Append("rowid ").Append(@operator is "=" or "in" ? "IN" : "NOT IN")
            .Append(" (SELECT execution FROM visibility_keyword WHERE field = ").Append(Parameter(column.Field))
            .Append(" AND value IN (").AppendJoin(", ", values.Select(Parameter)).Append("))");
    }

    private void Text(SearchAttributeColumn column, string @operator, string value)
    {
        var terms = value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(term => $"\"{term.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
        _sql.Append("rowid ").Append(@operator == "=" ? "IN" : "NOT IN")
            .Append(" (SELECT rowid FROM visibility_text WHERE visibility_text MATCH ")
            .Append(Parameter($"{column.Field}:({string.Join(" OR ", terms)})")).Append(')');
    }

    private void StartsWith(SearchAttributeColumn column, string @operator, object value)
    {
        var prefix = (string)value;
        var sql = VisibilitySchema.ColumnOf(column.Field);
        _sql.Append(@operator == "starts_with" ? "(" : "NOT (").Append(sql).Append(" >= ").Append(Parameter(prefix));
        if (Successor(prefix) is { } next)
        {
            _sql.Append(" AND ").Append(sql).Append(" < ").Append(Parameter(next));
        }

        _sql.Append(')');
    }

    /// <summary>The least text that is greater than every text with this prefix, so that an index serves the search.</summary>
    private static string? Successor(string prefix)
    {
        var runes = prefix.EnumerateRunes().ToList();
        while (runes.Count > 0)
        {
            var last = runes[^1].Value;
            runes.RemoveAt(runes.Count - 1);
            if (last < 0x10FFFF)
            {
                runes.Add(new Rune(last == 0xD7FF ? 0xE000 : last + 1));
                return string.Concat(runes);
            }
        }

        return null;
    }

    private void Between(BetweenSyntax between)
    {
        var column = Column(between.Left);
        if (column.Type is not (IndexedValueType.Datetime or IndexedValueType.Double or IndexedValueType.Int or IndexedValueType.Keyword))
        {
            throw VisibilityQueryException.Invalid($"cannot do range condition on search attribute '{column.Name}' of type {column.TypeName}");
        }

        var from = Value(between.From, column);
        var to = Value(between.To, column);
        _sql.Append(VisibilitySchema.ColumnOf(column.Field)).Append(between.Negated ? " NOT BETWEEN " : " BETWEEN ")
            .Append(Parameter(from)).Append(" AND ").Append(Parameter(to));
    }

    private void Is(IsSyntax test)
    {
        var column = Column(test.Operand);
        if (test.Operator is not ("is null" or "is not null"))
        {
            throw VisibilityQueryException.Invalid("'IS' operator can only be used as 'IS NULL' or 'IS NOT NULL'");
        }

        _sql.Append(VisibilitySchema.ColumnOf(column.Field)).Append(test.Operator == "is null" ? " IS NULL" : " IS NOT NULL");
    }

    private string Parameter(object value)
    {
        _parameters.Add(value);
        return "$f" + (_parameters.Count - 1).ToString(CultureInfo.InvariantCulture);
    }

    private static object Value(FilterSyntax syntax, SearchAttributeColumn column)
    {
        switch (syntax)
        {
            case LiteralSyntax literal:
                return FilterValue.Convert(Literal(literal), column);
            case BoolSyntax truth:
                return FilterValue.ConvertByType(truth.Value, column);
            case TupleSyntax tuple:
                return tuple.Items.Select(item => Value(item, column)).ToList();
            case SignSyntax { Operator: not ("+" or "-") } sign:
                throw VisibilityQueryException.NotSupported($"unary operator \"{sign.Operator}\"");
            case SignSyntax { Operand: LiteralSyntax { IsText: false } number } sign:
                var value = FilterValue.Convert(Literal(number), column);
                return sign.Operator == "+" ? value : value is long whole ? -whole : -(double)value;
            case SignSyntax sign:
                throw VisibilityQueryException.Invalid($"unary operator not supported in \"{sign.Operator}{Print(sign.Operand)}\"");
            case FunctionSyntax:
                throw VisibilityQueryException.NotSupported("nested func");
            case ColumnSyntax named:
                throw VisibilityQueryException.NotSupported(
                    $"column name on the right side of comparison expression (did you forget to quote \"{named.Name}\"?)");
            default:
                throw VisibilityQueryException.Invalid("unexpected value type " + syntax.Kind);
        }
    }

    private static string Print(FilterSyntax syntax) => syntax switch
    {
        LiteralSyntax { IsText: true } text => $"'{text.Text}'",
        LiteralSyntax number => number.Text,
        ColumnSyntax column => column.Name,
        _ => syntax.Kind,
    };

    private static object Literal(LiteralSyntax literal)
    {
        if (literal.IsText)
        {
            return literal.Text;
        }

        if (long.TryParse(literal.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return whole;
        }

        return double.TryParse(literal.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw VisibilityQueryException.Invalid($"unable to parse value \"{literal.Text}\"");
    }
}

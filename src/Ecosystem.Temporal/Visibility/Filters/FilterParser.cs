namespace Ecosystem.Temporal.Visibility.Filters;

/// <summary>
/// Parses a list filter: the condition of a SQL select with GROUP BY, HAVING, ORDER BY and LIMIT behind it. Positions in syntax errors
/// count from the start of the statement that the server wraps a filter in, as its own do.
/// </summary>
internal sealed class FilterParser
{
    private const int MaximumDepth = 200;

    private readonly IReadOnlyList<FilterToken> _tokens;
    private int _index;
    private int _depth;

    private FilterParser(IReadOnlyList<FilterToken> tokens) => _tokens = tokens;

    private FilterToken Current => _tokens[_index];

    /// <summary>Parses a filter; an empty one selects everything.</summary>
    /// <exception cref="VisibilityQueryException">The filter is no expression.</exception>
    /// <param name="filter">The filter.</param>
    /// <param name="table">The name of the table in the statement around it; its length moves the positions in errors.</param>
    public static FilterStatement Parse(string filter, string table = "table1")
    {
        var text = filter.Trim(' ', '\t', '\n', '\r');
        var clauseOnly = text.Length == 0
            || text.StartsWith("order by", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("group by", StringComparison.OrdinalIgnoreCase);
        var prefix = clauseOnly ? $"select * from {table} " : $"select * from {table} where ";
        var tokens = FilterLexer.Read(prefix + text);

        // The words of the prefix: select * from table1 [where].
        var parser = new FilterParser(tokens) { _index = clauseOnly ? 4 : 5 };
        return parser.Statement(hasWhere: !clauseOnly);
    }

    private FilterStatement Statement(bool hasWhere)
    {
        var where = hasWhere ? Expression() : null;
        var groupBy = new List<FilterSyntax>();
        if (Take("group"))
        {
            Expect("by");
            groupBy.Add(Expression());
            while (Take(","))
            {
                groupBy.Add(Expression());
            }
        }

        if (Take("having"))
        {
            Expression();
        }

        var orderBy = new List<FilterSyntax>();
        if (Take("order"))
        {
            Expect("by");
            do
            {
                orderBy.Add(Expression());
                _ = Take("asc") || Take("desc");
            }
            while (Take(","));
        }

        var hasLimit = Take("limit");
        if (hasLimit)
        {
            Expression();
            if (Take(",") || Take("offset"))
            {
                Expression();
            }
        }

        Take(";");
        return Current.Kind == FilterTokenKind.End
            ? new FilterStatement(where, groupBy, orderBy, hasLimit)
            : throw VisibilityQueryException.Malformed(Current);
    }

    private bool Take(string text)
    {
        if (!Current.Is(text))
        {
            return false;
        }

        _index++;
        return true;
    }

    private void Expect(string text)
    {
        if (!Take(text))
        {
            throw VisibilityQueryException.Malformed(Current);
        }
    }

    private FilterSyntax Expression()
    {
        if (++_depth > MaximumDepth)
        {
            throw VisibilityQueryException.NotSupported($"expressions nested deeper than {MaximumDepth}");
        }

        var left = Conjunction();
        while (Take("or") || Take("||"))
        {
            left = new OrSyntax(left, Conjunction());
        }

        _depth--;
        return left;
    }

    private FilterSyntax Conjunction()
    {
        var left = Negation();
        while (Take("and") || Take("&&"))
        {
            left = new AndSyntax(left, Negation());
        }

        return left;
    }

    private FilterSyntax Negation()
    {
        var negations = 0;
        while (Take("not"))
        {
            negations++;
        }

        var result = Condition();
        for (; negations > 0; negations--)
        {
            result = new NotSyntax(result);
        }

        return result;
    }

    private FilterSyntax Condition()
    {
        if (Take("exists"))
        {
            Subquery();
            return new OtherSyntax("*sqlparser.ExistsExpr");
        }

        var left = Value();
        if (Current.Kind == FilterTokenKind.Symbol && Current.Text is "=" or "<" or ">" or "<=" or ">=" or "!=" or "<=>")
        {
            var comparison = Current.Text;
            _index++;
            left = new ComparisonSyntax(left, comparison, Value());
        }
        else if (Current.Is("not") || Current.Is("in") || Current.Is("like") || Current.Is("regexp") || Current.Is("rlike")
            || Current.Is("between") || Current.Is("starts_with"))
        {
            left = WordCondition(left);
        }

        while (Take("is"))
        {
            left = new IsSyntax(left, IsSuffix());
        }

        return left;
    }

    private FilterSyntax WordCondition(FilterSyntax left)
    {
        var negated = Take("not");
        var not = negated ? "not " : "";
        if (Take("in"))
        {
            return new ComparisonSyntax(left, not + "in", InOperand());
        }

        if (Take("like"))
        {
            var pattern = Value();
            if (Take("escape"))
            {
                Value();
            }

            return new ComparisonSyntax(left, not + "like", pattern);
        }

        if (Take("regexp") || Take("rlike"))
        {
            return new ComparisonSyntax(left, not + "regexp", Value());
        }

        if (Take("starts_with"))
        {
            return new ComparisonSyntax(left, not + "starts_with", Value());
        }

        Expect("between");
        var from = Value();
        Expect("and");
        return new BetweenSyntax(left, negated, from, Value());
    }

    private string IsSuffix()
    {
        var not = Take("not") ? "not " : "";
        foreach (var word in (string[])["null", "true", "false"])
        {
            if (Take(word))
            {
                return "is " + not + word;
            }
        }

        throw VisibilityQueryException.Malformed(Current);
    }

    private FilterSyntax InOperand()
    {
        if (!Current.Is("("))
        {
            throw VisibilityQueryException.Malformed(Current);
        }

        if (_tokens[_index + 1].Is("select"))
        {
            return Subquery();
        }

        _index++;
        return new TupleSyntax(List());
    }

    private List<FilterSyntax> List()
    {
        var items = new List<FilterSyntax> { Expression() };
        while (Take(","))
        {
            items.Add(Expression());
        }

        Expect(")");
        return items;
    }

    private OtherSyntax Subquery()
    {
        Expect("(");
        if (!Current.Is("select"))
        {
            throw VisibilityQueryException.Malformed(Current);
        }

        for (var open = 1; open > 0; _index++)
        {
            open += Current.Is("(") ? 1 : Current.Is(")") ? -1 : 0;
            if (Current.Kind is FilterTokenKind.End or FilterTokenKind.Invalid)
            {
                throw VisibilityQueryException.Malformed(Current);
            }
        }

        return new OtherSyntax("*sqlparser.Subquery");
    }

    private FilterSyntax Value()
    {
        var left = Operand();
        while (Current.Kind == FilterTokenKind.Symbol && Current.Text is "+" or "-" or "*" or "/" or "%" or "&" or "|" or "^" or "<<" or ">>" or "->" or "->>"
            || Current.Is("div") || Current.Is("mod"))
        {
            _index++;
            Operand();
            left = new OtherSyntax("*sqlparser.BinaryExpr");
        }

        if (Take("collate"))
        {
            _index++;
            left = new OtherSyntax("*sqlparser.CollateExpr");
        }

        return left;
    }

    private FilterSyntax Operand()
    {
        var token = Current;
        switch (token.Kind)
        {
            case FilterTokenKind.Text:
                _index++;
                return new LiteralSyntax(token.Text, IsText: true);
            case FilterTokenKind.Integer or FilterTokenKind.Float or FilterTokenKind.HexNumber:
                _index++;
                return new LiteralSyntax(token.Text, IsText: false);
            case FilterTokenKind.Identifier:
                return ColumnOrFunction();
            case FilterTokenKind.Symbol when token.Text is "-" or "+" or "~" or "!":
                _index++;
                return Operand() is var operand && token.Text == "-" && operand is LiteralSyntax { IsText: false } number && long.TryParse("-" + number.Text, out _)
                    ? number with { Text = "-" + number.Text }
                    : new SignSyntax(token.Text, operand);
            case FilterTokenKind.Symbol when token.Text == "(":
                return Parenthesis();
            case FilterTokenKind.Keyword:
                return KeywordOperand(token);
            default:
                throw VisibilityQueryException.Malformed(token);
        }
    }

    private FilterSyntax ColumnOrFunction()
    {
        var name = Current.Text;
        _index++;
        if (Take("("))
        {
            if (!Take(")"))
            {
                if (!Take("*"))
                {
                    List();
                }
                else
                {
                    Expect(")");
                }
            }

            return new FunctionSyntax();
        }

        while (Current.Is(".") && _tokens[_index + 1].Kind == FilterTokenKind.Identifier)
        {
            name += "." + _tokens[_index + 1].Text;
            _index += 2;
        }

        return new ColumnSyntax(name);
    }

    private FilterSyntax Parenthesis()
    {
        if (_tokens[_index + 1].Is("select"))
        {
            return Subquery();
        }

        _index++;
        var items = List();
        return items.Count == 1 ? new ParenthesisSyntax(items[0]) : new TupleSyntax(items);
    }

    private FilterSyntax KeywordOperand(FilterToken token)
    {
        switch (token.Text)
        {
            case "true" or "false":
                _index++;
                return new BoolSyntax(token.Text == "true");
            case "null":
                _index++;
                return new OtherSyntax("*sqlparser.NullVal");
            case "default":
                _index++;
                return new OtherSyntax("*sqlparser.Default");
            case "binary":
                _index++;
                return new SignSyntax("binary ", Operand());
            case "interval":
                _index++;
                Value();
                _index++;
                return new OtherSyntax("*sqlparser.IntervalExpr");
            case "case":
                return Case();
            case "if" or "left" or "right" or "replace" or "values" or "convert" when _tokens[_index + 1].Is("("):
                return ColumnOrFunction();
            default:
                throw VisibilityQueryException.Malformed(token);
        }
    }

    private OtherSyntax Case()
    {
        _index++;
        if (!Current.Is("when"))
        {
            Expression();
        }

        while (Take("when"))
        {
            Expression();
            Expect("then");
            Expression();
        }

        if (Take("else"))
        {
            Expression();
        }

        Expect("end");
        return new OtherSyntax("*sqlparser.CaseExpr");
    }
}

namespace Ecosystem.Rules.Feel;

/// <summary>Operators, from the weakest binding to the strongest.</summary>
internal sealed partial class FeelReader
{
    /// <summary>Set while the upper end of an interval is read, where "[" may close the interval instead of opening a filter.</summary>
    private bool _intervalEnd;

    private FeelSyntax Expression()
    {
        Enter();
        var saved = _intervalEnd;
        _intervalEnd = false;
        var result = Disjunction();
        _intervalEnd = saved;
        _depth--;
        return result;
    }

    private FeelSyntax Disjunction()
    {
        var left = Conjunction();
        while (true)
        {
            Blank();
            var at = At;
            if (!TryWord("or"))
            {
                return left;
            }

            var right = Conjunction();
            left = Grown(new FeelBinary(at, FeelOperator.Or, left, right), left, right);
        }
    }

    private FeelSyntax Conjunction()
    {
        var left = Comparison();
        while (true)
        {
            Blank();
            var at = At;
            if (!TryWord("and"))
            {
                return left;
            }

            var right = Comparison();
            left = Grown(new FeelBinary(at, FeelOperator.And, left, right), left, right);
        }
    }

    private FeelSyntax Comparison()
    {
        var left = Additive();
        while (true)
        {
            Blank();
            var at = At;
            if (TryComparisonOperator() is { } op)
            {
                var right = Additive();
                left = Grown(new FeelBinary(at, op, left, right), left, right);
            }
            else if (TryWord("between"))
            {
                var low = Additive();
                ExpectWord("and", "between the two limits of 'between'");
                var high = Additive();
                left = Grown(new FeelBetween(at, left, low, high), left, low, high);
            }
            else if (TryWord("in"))
            {
                var tests = InTests();
                left = Grown(new FeelIn(at, left, tests), left, more: tests);
            }
            else
            {
                return left;
            }
        }
    }

    private FeelOperator? TryComparisonOperator()
    {
        Blank();
        (FeelOperator Operator, int Length)? found = (Peek(0), Peek(1)) switch
        {
            ('!', '=') => (FeelOperator.NotEqual, 2),
            ('<', '=') => (FeelOperator.LessOrEqual, 2),
            ('>', '=') => (FeelOperator.GreaterOrEqual, 2),
            ('=', _) => (FeelOperator.Equal, 1),
            ('<', _) => (FeelOperator.Less, 1),
            ('>', _) => (FeelOperator.Greater, 1),
            _ => null,
        };
        if (found is null || _cursor.Eof)
        {
            return null;
        }

        _cursor.Advance(found.Value.Length);
        return found.Value.Operator;
    }

    /// <summary>The right side of "in": one test, or several in parentheses.</summary>
    private List<FeelSyntax> InTests()
    {
        Blank();
        var start = _cursor.Position;
        if (Peek(0) == '(')
        {
            // "(1, < 5)" is a list of tests, "(1..5]" an interval, "(a).b" or "(a)" an expression: decided by what follows.
            var depth = _depth;
            _cursor.Advance();
            try
            {
                var tests = new List<FeelSyntax> { PositiveTest() };
                while (TryChar(','))
                {
                    tests.Add(PositiveTest());
                }

                if (TryChar(')') && (tests.Count > 1 || !ContinuesPostfix()))
                {
                    return tests;
                }
            }
            catch (FeelException e) when (e.Diagnostics[0].Code == "feel-syntax")
            {
                // Not a list of tests: read as one test below, which reports its own error.
            }

            _depth = depth;
            _intervalEnd = false;
            _cursor.ResetPosition(start);
        }

        return [PositiveTest(Additive)];
    }

    private bool ContinuesPostfix()
    {
        Blank();
        return Peek(0) switch
        {
            '[' or '(' or '+' or '-' or '/' => true,
            '*' => true,
            '.' => Peek(1) != '.',
            _ => false,
        };
    }

    private FeelSyntax Additive()
    {
        var left = Multiplicative();
        while (true)
        {
            Blank();
            var at = At;
            var op = Peek(0);
            if (op is not ('+' or '-'))
            {
                return left;
            }

            _cursor.Advance();
            var right = Multiplicative();
            left = Grown(new FeelBinary(at, op == '+' ? FeelOperator.Add : FeelOperator.Subtract, left, right), left, right);
        }
    }

    private FeelSyntax Multiplicative()
    {
        var left = Power();
        while (true)
        {
            Blank();
            var at = At;
            var op = Peek(0);
            if (op is not ('*' or '/') || (op == '*' && Peek(1) == '*'))
            {
                return left;
            }

            _cursor.Advance();
            var right = Power();
            left = Grown(new FeelBinary(at, op == '*' ? FeelOperator.Multiply : FeelOperator.Divide, left, right), left, right);
        }
    }

    private FeelSyntax Power()
    {
        var left = Negation();
        while (true)
        {
            Blank();
            var at = At;
            if (Peek(0) != '*' || Peek(1) != '*')
            {
                return left;
            }

            _cursor.Advance(2);
            var right = Negation();
            left = Grown(new FeelBinary(at, FeelOperator.Power, left, right), left, right);
        }
    }

    private FeelSyntax Negation()
    {
        Blank();
        if (Peek(0) != '-')
        {
            return InstanceOf();
        }

        Enter();
        var at = At;
        _cursor.Advance();
        var operand = Negation();
        _depth--;
        return operand is FeelLiteral { Value.IsNumber: true } number && number.Value.Number >= 0 && number.AtText is null && number.Depth == 1
            ? new FeelLiteral(at, FeelValue.Of(-number.Value.Number))
            : Grown(new FeelNegate(at, operand), operand);
    }

    private FeelSyntax InstanceOf()
    {
        var value = Postfix();
        while (true)
        {
            Blank();
            var at = At;
            var start = _cursor.Position;
            if (!TryWord("instance"))
            {
                return value;
            }

            if (!TryWord("of"))
            {
                _cursor.ResetPosition(start);
                return value;
            }

            value = Grown(new FeelInstanceOf(at, value, Type()), value);
        }
    }

    private FeelSyntax Postfix()
    {
        var value = Primary();
        while (true)
        {
            Blank();
            var at = At;
            switch (Peek(0))
            {
                case '.' when Peek(1) != '.':
                    _cursor.Advance();
                    value = Grown(new FeelPath(at, value, MemberName()), value);
                    break;
                case '.' when Peek(2) == '.' && Offset + 3 < _text.Length && FeelNames.IsStart(_text, Offset + 3):
                    _cursor.Advance(3);
                    value = Grown(new FeelDescendants(at, value, MemberName()), value);
                    break;
                case '[':
                    if (TryFilter(value) is not { } filter)
                    {
                        return value;
                    }

                    value = filter;
                    break;
                case '(':
                    value = Call(at, value);
                    break;
                default:
                    return value;
            }
        }
    }

    private FeelFilter? TryFilter(FeelSyntax source)
    {
        var start = _cursor.Position;
        var at = At;
        var intervalEnd = _intervalEnd;
        var depth = _depth;
        _cursor.Advance();
        _names.Declare("item");
        try
        {
            var condition = Expression();
            Expect(']', "to close the filter");
            if (!intervalEnd)
            {
                return Grown(new FeelFilter(at, source, condition), source, condition);
            }

            // "[1..a[1]]" filters the end of the interval, "[1..a[" closes it.
            Blank();
            if (Peek(0) is ']' or ')' or '[' or '.')
            {
                return Grown(new FeelFilter(at, source, condition), source, condition);
            }
        }
        catch (FeelException) when (intervalEnd)
        {
            // The bracket closes the interval.
        }

        _depth = depth;
        _intervalEnd = intervalEnd;
        _cursor.ResetPosition(start);
        return null;
    }

    private FeelCall Call(FeelPosition at, FeelSyntax target)
    {
        _cursor.Advance();
        var arguments = new List<FeelArgument>();
        if (!TryChar(')'))
        {
            do
            {
                var name = TryArgumentName();
                arguments.Add(new FeelArgument(name, Expression()));
            }
            while (TryChar(','));
            Expect(')', "to close the arguments");
        }

        if (arguments.Any(a => a.Name is not null) && arguments.Any(a => a.Name is null))
        {
            throw FeelException.At(at, "feel-syntax", "Either all arguments of a call have names or none.");
        }

        return Grown(new FeelCall(at, target, arguments), target, more: arguments.Select(a => a.Value));
    }

    /// <summary>"name:" before an argument; nothing is read when there is none.</summary>
    private string? TryArgumentName()
    {
        Blank();
        if (_cursor.Eof || !FeelNames.IsStart(_text, Offset))
        {
            return null;
        }

        var end = RawNameEnd(Offset);
        var after = end;
        while (after < _text.Length && char.IsWhiteSpace(_text[after]))
        {
            after++;
        }

        if (after >= _text.Length || _text[after] != ':')
        {
            return null;
        }

        var name = FeelNames.Normalize(_text[Offset..end]);
        _cursor.Advance(after + 1 - Offset);
        return name;
    }

    /// <summary>End of the longest run of name characters, name symbols and blanks.</summary>
    private int RawNameEnd(int at)
    {
        var end = at;
        for (var i = at; i < _text.Length; i++)
        {
            var c = _text[i];
            if (FeelNames.IsPart(_text, i) || c is '.' or '/' or '-' or '\'' or '+' or '*')
            {
                i += char.IsHighSurrogate(c) && i + 1 < _text.Length ? 1 : 0;
                end = i + 1;
            }
            else if (!char.IsWhiteSpace(c))
            {
                break;
            }
        }

        return end;
    }
}

namespace Ecosystem.Rules.Feel;

/// <summary>Literals, names, lists, contexts, intervals and the expressions begun by a keyword.</summary>
internal sealed partial class FeelReader
{
    private FeelSyntax Primary()
    {
        Blank();
        if (_cursor.Eof)
        {
            throw Error("Expected a value, found the end of the expression.");
        }

        var at = At;
        var c = _cursor.Current;
        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1))))
        {
            return NumberLiteral();
        }

        switch (c)
        {
            case '"':
                return new FeelLiteral(at, FeelValue.Of(StringLiteral()));
            case '@' when Peek(1) == '"':
                _cursor.Advance();
                var text = StringLiteral();
                // An impossible date is null at run time, as date("…") is; the checker reports it.
                return new FeelLiteral(at, FeelTemporal.ParseAny(text), text);
            case '(':
                return Parenthesis(at);
            case '[':
                return ListOrInterval(at);
            case ']':
                _cursor.Advance();
                return IntervalFrom(at, lowIncluded: false, IntervalLow());
            case '{':
                return Context(at);
        }

        if (c is '<' or '>' && TryComparisonOperator() is { } op)
        {
            // A unary comparison standing for a range, as in "r = >= 2".
            var operand = Additive();
            return Grown(new FeelUnaryComparison(at, op, operand), operand);
        }

        if (!FeelNames.IsStart(_text, Offset))
        {
            throw Error($"Expected a value, found {Found()}.");
        }

        return Word(at);
    }

    private FeelSyntax Word(FeelPosition at)
    {
        var length = _names.Match(_text, Offset, out var name);
        var first = FeelNames.FirstWord(_text, Offset);
        if (length <= first.Length)
        {
            switch (first)
            {
                case "for":
                    return For(at);
                case "if":
                    return If(at);
                case "some" or "every":
                    return Quantified(at, first == "every");
                case "function" when FollowedBy(first.Length, '('):
                    return Function(at);
                case "true" or "false":
                    _cursor.Advance(first.Length);
                    return new FeelLiteral(at, FeelValue.Of(first == "true"));
                case "null":
                    _cursor.Advance(first.Length);
                    return new FeelLiteral(at, FeelValue.Null);
            }
        }

        if (length > 0)
        {
            _cursor.Advance(length);
            return new FeelNameRef(at, name);
        }

        if (FeelKeywords.Contains(first) && first is not ("of" or "instance" or "external"))
        {
            throw Error($"Expected a value, found the keyword '{first}'.");
        }

        return new FeelNameRef(at, Words());
    }

    private bool FollowedBy(int from, char c)
    {
        var at = Offset + from;
        while (at < _text.Length && char.IsWhiteSpace(_text[at]))
        {
            at++;
        }

        return at < _text.Length && _text[at] == c;
    }

    /// <summary>An undeclared name: words up to the next operator or keyword.</summary>
    private string Words()
    {
        var words = new List<string>();
        while (true)
        {
            var start = _cursor.Position;
            while (!_cursor.Eof && char.IsWhiteSpace(_cursor.Current))
            {
                _cursor.Advance();
            }

            var word = _cursor.Eof ? "" : FeelNames.FirstWord(_text, Offset);
            if (word.Length == 0 || (words.Count > 0 && FeelKeywords.Contains(word)))
            {
                _cursor.ResetPosition(start);
                return string.Join(' ', words);
            }

            words.Add(word);
            _cursor.Advance(word.Length);
        }
    }

    private string MemberName()
    {
        Blank();
        if (_cursor.Eof || !FeelNames.IsStart(_text, Offset))
        {
            throw Error($"Expected a name after '.', found {Found()}.");
        }

        var length = _names.MatchMember(_text, Offset, out var name);
        if (length == 0)
        {
            return Words();
        }

        _cursor.Advance(length);
        return name;
    }

    private FeelSyntax Parenthesis(FeelPosition at)
    {
        _cursor.Advance();
        Blank();
        if (TryComparisonOperator() is { } op)
        {
            var operand = Additive();
            Expect(')', "to close the range");
            return Grown(new FeelUnaryComparison(at, op, operand), operand);
        }

        Enter();
        var saved = _intervalEnd;
        _intervalEnd = false;
        var first = Disjunction();
        _intervalEnd = saved;
        _depth--;
        if (AtDots())
        {
            return IntervalFrom(at, lowIncluded: false, first);
        }

        Expect(')', "to close the parenthesis");
        return first;
    }

    private bool AtDots()
    {
        Blank();
        return Peek(0) == '.' && Peek(1) == '.';
    }

    private FeelSyntax IntervalLow() => Additive();

    private FeelInterval IntervalFrom(FeelPosition at, bool lowIncluded, FeelSyntax low)
    {
        if (!AtDots())
        {
            throw Error($"Expected '..' between the ends of an interval, found {Found()}.");
        }

        _cursor.Advance(2);
        Enter();
        var saved = _intervalEnd;
        _intervalEnd = true;
        var high = Additive();
        _intervalEnd = saved;
        _depth--;
        Blank();
        var closing = Peek(0);
        if (closing is not (']' or ')' or '['))
        {
            throw Error($"Expected ']', ')' or '[' to close the interval, found {Found()}.");
        }

        _cursor.Advance();
        return Grown(new FeelInterval(at, lowIncluded, low, high, closing == ']'), low, high);
    }

    private FeelSyntax ListOrInterval(FeelPosition at)
    {
        _cursor.Advance();
        if (TryChar(']'))
        {
            return new FeelListLiteral(at, []);
        }

        var first = Expression();
        if (AtDots())
        {
            return IntervalFrom(at, lowIncluded: true, first);
        }

        var items = new List<FeelSyntax> { first };
        while (TryChar(','))
        {
            items.Add(Expression());
        }

        Expect(']', "to close the list");
        return Grown(new FeelListLiteral(at, items), null, more: items);
    }

    private FeelContextLiteral Context(FeelPosition at)
    {
        _cursor.Advance();
        var entries = new List<FeelEntry>();
        if (TryChar('}'))
        {
            return new FeelContextLiteral(at, entries);
        }

        do
        {
            var key = ContextKey();
            Expect(':', $"after the key '{key}'");
            var value = Expression();
            entries.Add(new FeelEntry(key, value));
            _names.Declare(key);
        }
        while (TryChar(','));
        Expect('}', "to close the context");
        return Grown(new FeelContextLiteral(at, entries), null, more: entries.Select(e => e.Value));
    }

    private string ContextKey()
    {
        Blank();
        if (Peek(0) == '"')
        {
            return StringLiteral();
        }

        return DeclaredName("a key of the context");
    }

    /// <summary>A name being introduced: all that stands before the next punctuation.</summary>
    private string DeclaredName(string what)
    {
        Blank();
        if (_cursor.Eof || !FeelNames.IsStart(_text, Offset))
        {
            throw Error($"Expected {what}, found {Found()}.");
        }

        var end = RawNameEnd(Offset);
        var name = FeelNames.Normalize(_text[Offset..end]);
        _cursor.Advance(end - Offset);
        return name;
    }

    private FeelIf If(FeelPosition at)
    {
        _cursor.Advance(2);
        var condition = Expression();
        ExpectWord("then", "after the condition of 'if'");
        var then = Expression();
        ExpectWord("else", "after 'then'");
        var otherwise = Expression();
        return Grown(new FeelIf(at, condition, then, otherwise), condition, then, otherwise);
    }

    private FeelFor For(FeelPosition at)
    {
        _cursor.Advance(3);
        var iterators = Iterators("return");
        ExpectWord("return", "after the iterators of 'for'");
        _names.Declare("partial");
        var result = Expression();
        return Grown(new FeelFor(at, iterators, result), result, more: Children(iterators));
    }

    private FeelQuantified Quantified(FeelPosition at, bool every)
    {
        _cursor.Advance(every ? 5 : 4);
        var iterators = Iterators("satisfies");
        ExpectWord("satisfies", $"after the iterators of '{(every ? "every" : "some")}'");
        var condition = Expression();
        return Grown(new FeelQuantified(at, every, iterators, condition), condition, more: Children(iterators));
    }

    private static IEnumerable<FeelSyntax> Children(IEnumerable<FeelIterator> iterators) =>
        iterators.SelectMany(i => i.Until is null ? [i.Source] : new[] { i.Source, i.Until });

    private List<FeelIterator> Iterators(string end)
    {
        var iterators = new List<FeelIterator>();
        do
        {
            Blank();
            if (_cursor.Eof || !FeelNames.IsStart(_text, Offset))
            {
                throw Error($"Expected the name of an iterator, found {Found()}.");
            }

            var name = Words();
            FeelType? type = TryChar(':') ? Type() : null;
            ExpectWord("in", $"after the iterator '{name}'");
            var source = Expression();
            FeelSyntax? until = null;
            if (AtDots())
            {
                _cursor.Advance(2);
                until = Expression();
            }

            iterators.Add(new FeelIterator(name, source, until, type));
            _names.Declare(name);
        }
        while (TryChar(',') && !AtWord(end));
        return iterators;
    }

    private FeelFunctionLiteral Function(FeelPosition at)
    {
        _cursor.Advance("function".Length);
        Expect('(', "after 'function'");
        var parameters = new List<FeelParameter>();
        if (!TryChar(')'))
        {
            do
            {
                var name = DeclaredName("the name of a parameter");
                parameters.Add(new FeelParameter(name, TryChar(':') ? Type() : null));
            }
            while (TryChar(','));
            Expect(')', "to close the parameters");
        }

        foreach (var parameter in parameters)
        {
            _names.Declare(parameter.Name);
        }

        var external = TryWord("external");
        var body = Expression();
        return Grown(new FeelFunctionLiteral(at, parameters, body, external), body);
    }

    private FeelUnaryTests UnaryTests()
    {
        Blank();
        var at = At;
        if (Peek(0) == '-' && IsLastChar(1))
        {
            _cursor.Advance();
            return new FeelUnaryTests(at, Negated: false, []);
        }

        var negated = false;
        var start = _cursor.Position;
        if (TryWord("not") && TryChar('('))
        {
            negated = true;
        }
        else
        {
            _cursor.ResetPosition(start);
        }

        var tests = TestList();
        if (negated)
        {
            Expect(')', "to close 'not'");
            Blank();
            if (!_cursor.Eof)
            {
                // "not(a) and b" is an expression, not a negated list of tests.
                negated = false;
                _cursor.ResetPosition(start);
                tests = TestList();
            }
        }

        return Grown(new FeelUnaryTests(at, negated, tests), null, more: tests);
    }

    private bool IsLastChar(int from)
    {
        for (var i = Offset + from; i < _text.Length; i++)
        {
            if (!char.IsWhiteSpace(_text[i]))
            {
                return false;
            }
        }

        return true;
    }

    private List<FeelSyntax> TestList()
    {
        var tests = new List<FeelSyntax>();
        do
        {
            tests.Add(PositiveTest());
        }
        while (TryChar(','));
        return tests;
    }

    private FeelSyntax PositiveTest(Func<FeelSyntax>? operand = null)
    {
        Blank();
        var at = At;
        if (TryComparisonOperator() is { } op)
        {
            var value = Additive();
            return Grown(new FeelUnaryComparison(at, op, value), value);
        }

        return operand is null ? Expression() : operand();
    }
}

using System.Text;

namespace Ecosystem.Temporal.Visibility.Filters;

/// <summary>
/// Splits a list filter into tokens of the SQL dialect that the server reads: identifiers (plain or in back quotes), keywords in any
/// case, text in single or double quotes with backslash escapes, numbers, and the symbols of expressions.
/// </summary>
internal sealed class FilterLexer
{
    private static readonly HashSet<string> Keywords = new(StringComparer.OrdinalIgnoreCase)
    {
        "add", "all", "alter", "and", "as", "asc", "between", "binary", "by", "case", "collate", "convert", "create", "cross", "default",
        "delete", "desc", "describe", "distinct", "div", "drop", "else", "end", "escape", "exists", "explain", "false", "for", "force",
        "from", "group", "having", "if", "ignore", "in", "index", "inner", "insert", "interval", "into", "is", "join", "key", "left",
        "like", "limit", "lock", "match", "mod", "natural", "not", "null", "offset", "on", "or", "order", "outer", "regexp", "rename",
        "replace", "right", "rlike", "schema", "select", "separator", "set", "show", "starts_with", "straight_join", "table", "then", "to",
        "true", "union", "unique", "update", "use", "using", "values", "when", "where", "with", "xor",
    };

    private static readonly string[] Symbols =
        ["<=>", "->>", "<<", ">>", "<=", ">=", "<>", "!=", "->", "||", "&&", "=", "<", ">", "(", ")", ",", "+", "-", "*", "/", "%", "&", "|", "^", "~", "!", ";", "."];

    private readonly string _text;
    private int _index;

    private FilterLexer(string text) => _text = text;

    /// <summary>All tokens of a statement, the end included.</summary>
    public static IReadOnlyList<FilterToken> Read(string statement)
    {
        var lexer = new FilterLexer(statement);
        var tokens = new List<FilterToken>();
        do
        {
            tokens.Add(lexer.Next());
        }
        while (tokens[^1].Kind is not (FilterTokenKind.End or FilterTokenKind.Invalid));
        return tokens;
    }

    private FilterToken Next()
    {
        SkipBlanksAndComments();
        if (_index >= _text.Length)
        {
            return Token(FilterTokenKind.End, "");
        }

        var c = _text[_index];
        if (IsLetter(c))
        {
            return Word();
        }

        if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1))))
        {
            return Number();
        }

        if (c is '\'' or '"')
        {
            return Quoted(c);
        }

        if (c == '`')
        {
            return BackQuoted();
        }

        foreach (var symbol in Symbols)
        {
            if (string.CompareOrdinal(_text, _index, symbol, 0, symbol.Length) == 0)
            {
                _index += symbol.Length;
                return Token(FilterTokenKind.Symbol, symbol is "<>" ? "!=" : symbol);
            }
        }

        _index++;
        return Token(FilterTokenKind.Invalid, c.ToString());
    }

    private FilterToken Token(FilterTokenKind kind, string text) => new(kind, text, _index + 1);

    private char Peek(int offset) => _index + offset < _text.Length ? _text[_index + offset] : '\0';

    private static bool IsLetter(char c) => char.IsAsciiLetter(c) || c is '_' or '@' || c > 0x7f;

    private void SkipBlanksAndComments()
    {
        while (_index < _text.Length)
        {
            if (_text[_index] is ' ' or '\t' or '\n' or '\r')
            {
                _index++;
            }
            else if ((_text[_index] == '-' && Peek(1) == '-') || _text[_index] == '#')
            {
                var end = _text.IndexOf('\n', _index);
                _index = end < 0 ? _text.Length : end + 1;
            }
            else if (_text[_index] == '/' && Peek(1) == '*')
            {
                var end = _text.IndexOf("*/", _index + 2, StringComparison.Ordinal);
                _index = end < 0 ? _text.Length : end + 2;
            }
            else
            {
                return;
            }
        }
    }

    private FilterToken Word()
    {
        var start = _index;
        while (_index < _text.Length && (IsLetter(_text[_index]) || char.IsAsciiDigit(_text[_index])))
        {
            _index++;
        }

        var word = _text[start.._index];
        return Keywords.Contains(word)
            ? Token(FilterTokenKind.Keyword, word.ToLowerInvariant())
            : Token(FilterTokenKind.Identifier, word);
    }

    private FilterToken Number()
    {
        var start = _index;
        if (_text[_index] == '0' && Peek(1) is 'x' or 'X')
        {
            _index += 2;
            while (char.IsAsciiHexDigit(Peek(0)))
            {
                _index++;
            }

            return Token(FilterTokenKind.HexNumber, _text[start.._index]);
        }

        var kind = FilterTokenKind.Integer;
        SkipDigits();
        if (Peek(0) == '.')
        {
            kind = FilterTokenKind.Float;
            _index++;
            SkipDigits();
        }

        if (Peek(0) is 'e' or 'E')
        {
            kind = FilterTokenKind.Float;
            _index++;
            if (Peek(0) is '+' or '-')
            {
                _index++;
            }

            SkipDigits();
        }

        // A letter glued to a number is no number: the reader takes it in and fails there.
        if (IsLetter(Peek(0)))
        {
            return Token(FilterTokenKind.Invalid, _text[start.._index]);
        }

        return Token(kind, _text[start.._index]);

        void SkipDigits()
        {
            while (char.IsAsciiDigit(Peek(0)))
            {
                _index++;
            }
        }
    }

    private FilterToken Quoted(char quote)
    {
        var text = new StringBuilder();
        _index++;
        while (_index < _text.Length)
        {
            var c = _text[_index++];
            if (c == quote)
            {
                if (Peek(0) != quote)
                {
                    return Token(FilterTokenKind.Text, text.ToString());
                }

                _index++;
            }
            else if (c == '\\' && _index < _text.Length)
            {
                c = Unescape(_text[_index++]);
            }

            text.Append(c);
        }

        return Token(FilterTokenKind.Invalid, text.ToString());
    }

    private static char Unescape(char c) => c switch
    {
        '0' => '\0',
        'b' => '\b',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'Z' => '\u001a',
        _ => c,
    };

    private FilterToken BackQuoted()
    {
        var end = _text.IndexOf('`', _index + 1);
        if (end < 0 || end == _index + 1)
        {
            var rest = end < 0 ? _text[(_index + 1)..] : "";
            _index = end < 0 ? _text.Length : end + 1;
            return Token(FilterTokenKind.Invalid, rest);
        }

        var name = _text[(_index + 1)..end];
        _index = end + 1;
        return Token(FilterTokenKind.Identifier, name);
    }
}

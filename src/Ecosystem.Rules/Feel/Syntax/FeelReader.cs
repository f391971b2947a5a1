using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Parlot;

namespace Ecosystem.Rules.Feel;

/// <summary>Reads the text of one expression or of unary tests into syntax. Not thread-safe; one instance per text.</summary>
internal sealed partial class FeelReader
{
    private const int AttemptsFree = 10_000;
    private const int AttemptsPerCharacter = 10;
    private readonly string _text;
    private readonly Cursor _cursor;
    private readonly FeelNames _names;
    private readonly FeelScope _scope;
    private readonly int _maxDepth;
    private int _depth;
    private long _attempts;

    private FeelReader(string text, FeelScope? scope, FeelLimits limits)
    {
        if (text.Length > limits.TextLength)
        {
            throw FeelException.At(new(1, 1), "feel-limit", $"The expression is longer than {limits.TextLength} characters.");
        }

        _text = text;
        _cursor = new Scanner(text).Cursor;
        _scope = scope ?? FeelScope.Empty;
        _names = new FeelNames(scope);
        _maxDepth = limits.Nesting;
    }

    private int Offset => _cursor.Offset;

    private FeelPosition At
    {
        get
        {
            var position = _cursor.Position;
            return new FeelPosition(position.Line, position.Column);
        }
    }

    public static FeelSyntax ReadExpression(string text, FeelScope? scope, FeelLimits limits)
    {
        var reader = new FeelReader(text, scope, limits);
        var result = reader.Expression();
        reader.ExpectEnd();
        return result;
    }

    public static FeelUnaryTests ReadUnaryTests(string text, FeelScope? scope, FeelLimits limits)
    {
        var reader = new FeelReader(text, scope, limits);
        reader._names.Declare("?");
        var result = reader.UnaryTests();
        reader.ExpectEnd();
        return result;
    }

    public static FeelType ReadType(string text, FeelScope? scope)
    {
        var reader = new FeelReader(text, scope, FeelLimits.Default);
        var result = reader.Type();
        reader.ExpectEnd();
        return result;
    }

    /// <summary>Skips white space (any Unicode kind) and comments.</summary>
    private void Blank()
    {
        while (!_cursor.Eof)
        {
            var c = _cursor.Current;
            if (char.IsWhiteSpace(c) || c == '\uFEFF')
            {
                _cursor.Advance();
            }
            else if (c == '/' && Peek(1) == '/')
            {
                while (!_cursor.Eof && _cursor.Current is not ('\n' or '\r'))
                {
                    _cursor.Advance();
                }
            }
            else if (c == '/' && Peek(1) == '*')
            {
                var end = _text.IndexOf("*/", Offset + 2, StringComparison.Ordinal);
                if (end < 0)
                {
                    throw Error("A comment begun with /* is not closed with */.");
                }

                _cursor.Advance(end + 2 - Offset);
            }
            else
            {
                return;
            }
        }
    }

    private char Peek(int ahead) => Offset + ahead < _text.Length ? _text[Offset + ahead] : '\0';

    private bool TryChar(char c)
    {
        Blank();
        if (_cursor.Eof || _cursor.Current != c)
        {
            return false;
        }

        _cursor.Advance();
        return true;
    }

    private void Expect(char c, string after)
    {
        if (!TryChar(c))
        {
            throw Error($"Expected '{c}' {after}, found {Found()}.");
        }
    }

    private bool AtWord(string word)
    {
        Blank();
        return IsWordAt(Offset, word);
    }

    private bool IsWordAt(int at, string word) =>
        string.CompareOrdinal(_text, at, word, 0, word.Length) == 0 && (at + word.Length >= _text.Length || !FeelNames.IsPart(_text, at + word.Length));

    private bool TryWord(string word)
    {
        if (!AtWord(word))
        {
            return false;
        }

        _cursor.Advance(word.Length);
        return true;
    }

    private void ExpectWord(string word, string after)
    {
        if (!TryWord(word))
        {
            throw Error($"Expected '{word}' {after}, found {Found()}.");
        }
    }

    private void ExpectEnd()
    {
        Blank();
        if (!_cursor.Eof)
        {
            throw Error($"Expected the end of the expression or an operator, found {Found()}.");
        }
    }

    private string Found()
    {
        Blank();
        if (_cursor.Eof)
        {
            return "the end";
        }

        var word = FeelNames.FirstWord(_text, Offset);
        return word.Length > 0 ? $"'{(word.Length > 40 ? word[..40] + "…" : word)}'" : $"'{_cursor.Current}'";
    }

    private FeelException Error(string message) => FeelException.At(At, "feel-syntax", message);

    private void Enter()
    {
        if (++_depth > _maxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw FeelException.At(At, "feel-limit", $"The expression is nested deeper than {_maxDepth} levels.");
        }

        // Some brackets are read in one way and, when that fails, in another; nested, this could double the work with every level.
        if (++_attempts > AttemptsFree + (AttemptsPerCharacter * (long)_text.Length))
        {
            throw FeelException.At(At, "feel-limit", "The expression can be read in too many ways; put parts of it in parentheses or give them names.");
        }
    }

    /// <summary>Sets a node's depth from its children and refuses chains too long for the later passes.</summary>
    private T Grown<T>(T node, FeelSyntax? a, FeelSyntax? b = null, FeelSyntax? c = null, IEnumerable<FeelSyntax>? more = null)
        where T : FeelSyntax
    {
        var depth = Math.Max(a?.Depth ?? 0, Math.Max(b?.Depth ?? 0, c?.Depth ?? 0));
        if (more is not null)
        {
            foreach (var child in more)
            {
                depth = Math.Max(depth, child.Depth);
            }
        }

        // Chains of operators nest without nesting in the text, so they may be longer.
        return depth >= _maxDepth * 4
            ? throw FeelException.At(node.At, "feel-limit", $"The expression is nested deeper than {_maxDepth * 4} levels.")
            : node with { Depth = depth + 1 };
    }

    private string StringLiteral()
    {
        var start = At;
        _cursor.Advance();
        var text = new StringBuilder();
        while (true)
        {
            if (_cursor.Eof)
            {
                throw FeelException.At(start, "feel-syntax", "A text begun with \" is not closed.");
            }

            var c = _cursor.Current;
            _cursor.Advance();
            if (c == '"')
            {
                return text.ToString();
            }

            if (c != '\\')
            {
                text.Append(c);
                continue;
            }

            Escape(text);
        }
    }

    private void Escape(StringBuilder text)
    {
        var c = _cursor.Eof ? '\0' : _cursor.Current;
        switch (c)
        {
            case 'n':
                text.Append('\n');
                break;
            case 'r':
                text.Append('\r');
                break;
            case 't':
                text.Append('\t');
                break;
            case '"' or '\'' or '\\':
                text.Append(c);
                break;
            case 'u' when TryHex(4, out var unit):
                text.Append((char)unit);
                _cursor.Advance(4);
                break;
            case 'U' when TryHex(6, out var point) && point <= 0x10FFFF && point is < 0xD800 or > 0xDFFF:
                text.Append(char.ConvertFromUtf32(point));
                _cursor.Advance(6);
                break;
            default:
                // Unknown escapes stay as written: "\s" in a regular expression.
                text.Append('\\');
                return;
        }

        _cursor.Advance();
    }

    private bool TryHex(int digits, out int value)
    {
        value = 0;
        return Offset + 1 + digits <= _text.Length
            && int.TryParse(_text.AsSpan(Offset + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    private FeelLiteral NumberLiteral()
    {
        var at = At;
        var start = Offset;
        while (char.IsAsciiDigit(Peek(0)))
        {
            _cursor.Advance();
        }

        if (Peek(0) == '.' && char.IsAsciiDigit(Peek(1)))
        {
            _cursor.Advance();
            while (char.IsAsciiDigit(Peek(0)))
            {
                _cursor.Advance();
            }
        }

        if (Peek(0) is 'e' or 'E' && (char.IsAsciiDigit(Peek(1)) || (Peek(1) is '+' or '-' && char.IsAsciiDigit(Peek(2)))))
        {
            _cursor.Advance(2);
            while (char.IsAsciiDigit(Peek(0)))
            {
                _cursor.Advance();
            }
        }

        var text = _text.AsSpan(start, Offset - start);
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number))
        {
            throw FeelException.At(at, "feel-number", $"The number {(text.Length > 60 ? string.Concat(text[..60], "…") : text)} is outside what a decimal holds (28 digits).");
        }

        return new FeelLiteral(at, FeelValue.Of(number));
    }
}

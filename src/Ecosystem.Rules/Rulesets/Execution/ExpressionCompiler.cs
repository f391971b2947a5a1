using Ecosystem.Rules.Feel;
using Ecosystem.Rules.Rulesets.Documents;

namespace Ecosystem.Rules.Rulesets;

/// <summary>Parses the expressions of a document against the names known at their place.</summary>
internal sealed class ExpressionCompiler(Documents.DiagnosticList diagnostics)
{
    private static readonly FeelExpression NullExpression = FeelExpression.Parse("null");

    private static readonly System.Buffers.SearchValues<char> PathCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.");

    /// <summary>Every name that some expression read, for the search for unused inputs.</summary>
    public HashSet<string> NamesRead { get; } = new(StringComparer.Ordinal);

    public CompiledExpression Expression(RulesetSourceText source, string path, NameScope scope) => Parse(source, source.Text, path, scope, unary: false, FeelMode.Strict);

    public CompiledExpression? Optional(RulesetSourceText? source, string path, NameScope scope) => source is null ? null : Expression(source, path, scope);

    /// <summary>An expression in which bare words may stand for the listed texts.</summary>
    public CompiledExpression Result(RulesetSourceText source, string path, NameScope scope, IReadOnlyList<string> allowed) =>
        Parse(source, BareWords.Result(source.Text, allowed), path, scope, unary: false, FeelMode.Strict);

    public CompiledExpression Test(RulesetSourceText source, string path, NameScope scope, IReadOnlyList<string> allowed) =>
        Parse(source, BareWords.Test(source.Text, allowed), path, scope, unary: true, FeelMode.Strict);

    public ReasonTemplate? Reason(RulesetSourceText? source, string path, NameScope scope)
    {
        if (source is null)
        {
            return null;
        }

        if (ReasonTemplate.Split(source.Text) is not { } split)
        {
            diagnostics.Error("open-brace", path, source.Line, source.Column, "A brace of the reason is not closed", "{name}; write {{ for a brace itself");
            return null;
        }

        // A reason tells about values that may be missing, so it is the one place where null is not an error.
        return new ReasonTemplate([.. split.Select(part => part.IsExpression
            ? (object)Parse(new RulesetSourceText(part.Text, source.Line, source.Column == 0 ? 0 : source.Column + part.Offset), part.Text, path, scope, unary: false, FeelMode.Dmn)
            : part.Text)]);
    }

    public IReadOnlyList<(string Name, CompiledExpression Expression)> Named(
        IReadOnlyList<KeyValuePair<string, RulesetSourceText>> sources, string path, NameScope scope) =>
        [.. sources.Select(s => (s.Key, Expression(s.Value, $"{path}/{s.Key}", scope)))];

    private CompiledExpression Parse(RulesetSourceText source, string text, string path, NameScope scope, bool unary, FeelMode mode)
    {
        try
        {
            FeelScope types = unary ? scope.Feel.With("?", FeelType.Any) : scope.Feel;
            // A plain path only hands a value on: an optional input that was not given stays nothing until something needs it.
            FeelMode applied = !unary && IsPath(text) ? FeelMode.Dmn : mode;
            var options = new FeelOptions { Mode = applied, Types = types, Check = true };
            FeelExpression expression = unary ? FeelExpression.ParseUnaryTests(text, options) : FeelExpression.Parse(text, options);
            Note(expression, source, path, scope);
            return new CompiledExpression(expression, source, path);
        }
        catch (FeelException failure)
        {
            foreach (FeelDiagnostic found in failure.Diagnostics)
            {
                Report(found, source, path, scope);
            }

            return new CompiledExpression(NullExpression, source, path);
        }
    }

    private static bool IsPath(string text) => text.AsSpan().Trim().IndexOfAnyExcept(PathCharacters) < 0;

    private void Note(FeelExpression expression, RulesetSourceText source, string path, NameScope scope)
    {
        foreach (string name in expression.FreeNames)
        {
            NamesRead.Add(name);
            if (name != "?" && name != "because" && !scope.Knows(name))
            {
                diagnostics.Error("unknown-name", path, source.Line, source.Column, $"There is no input or value '{name}' here", Suggestion.For(name, scope.Names));
            }
        }
    }

    /// <summary>Brings a finding of an expression to its place in the document.</summary>
    public void Report(FeelDiagnostic found, RulesetSourceText source, string path, NameScope scope)
    {
        (int line, int column) = (source.Line, source.Column);
        if (line > 0 && found.Line > 0)
        {
            column = found.Line == 1 ? column + found.Column - 1 : found.Column;
            line += found.Line - 1;
        }

        string? fix = null;
        if (found.Code == "feel-name")
        {
            int open = found.Message.IndexOf('\'', StringComparison.Ordinal);
            int close = open < 0 ? -1 : found.Message.IndexOf('\'', open + 1);
            fix = close > open + 1 ? Suggestion.For(found.Message[(open + 1)..close], scope.Names) : null;
        }

        diagnostics.Error(found.Code == "feel-name" ? "unknown-name" : found.Code, path, line, column, source.Text.Length == 0 ? found.Message : $"{found.Message} (in {CompiledExpression.Shorten(source.Text)})", fix);
    }
}

using Ecosystem.Rules.Feel;

namespace Ecosystem.Rules.Rulesets;

/// <summary>An expression of the document; failures name its place.</summary>
internal sealed class CompiledExpression(FeelExpression expression, RulesetSourceText source, string path)
{
    public RulesetSourceText Source { get; } = source;

    public string Path { get; } = path;

    public FeelExpression Feel => expression;

    public object? Evaluate(RunState state)
    {
        try
        {
            return expression.Evaluate(state.Values, state.Budget);
        }
        catch (FeelException failure)
        {
            FeelDiagnostic first = failure.Diagnostics[0];
            throw Failure(state, first.Code, first.Message, failure);
        }
    }

    public bool IsTrue(RunState state) => Evaluate(state) switch
    {
        true => true,
        false => false,
        null => throw Failure(state, "missing-value", "The condition has to be true or false, but it has no value"),
        var other => throw Failure(state, "wrong-type", $"The condition has to be true or false, it is {PlainWords.Describe(other)}"),
    };

    public decimal Number(RunState state) => Evaluate(state) switch
    {
        decimal number => number,
        true => 1,
        false => 0,
        var other => throw Failure(state, "wrong-type", $"This has to be a number, it is {PlainWords.Describe(other)}"),
    };

    public string Text(RunState state) => Evaluate(state) switch
    {
        string text => text,
        decimal number => PlainWords.Number(number),
        var other => throw Failure(state, "wrong-type", $"This has to be a text, it is {PlainWords.Describe(other)}"),
    };

    public IReadOnlyList<object?> List(RunState state) => Evaluate(state) switch
    {
        IReadOnlyList<object?> list => list,
        null => throw Failure(state, "missing-value", "This has to be a list, it is nothing"),
        var other => [other],
    };

    public RulesetException Failure(RunState state, string code, string message, Exception? inner = null) =>
        new(state.Document.Name, [new RulesetDiagnostic(RulesetSeverity.Error, code, Path, Source.Line, Source.Column, $"{message} (in {Shorten(Source.Text)})")], inner);

    public static string Shorten(string text) => text.Length > 120 ? string.Concat(text.AsSpan(0, 120), "…") : text;
}

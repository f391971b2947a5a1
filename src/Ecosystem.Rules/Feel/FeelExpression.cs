namespace Ecosystem.Rules.Feel;

/// <summary>
/// A FEEL expression (DMN 1.5, 10.3), parsed, checked and compiled once. Immutable and thread-safe.
/// Values go in and come out as string, decimal (any CLR number goes in), bool, <see cref="DateOnly"/>, <see cref="TimeOnly"/> or
/// <see cref="FeelTime"/>, <see cref="DateTimeOffset"/> or <see cref="FeelDateTime"/>, <see cref="TimeSpan"/>, <see cref="FeelYearsMonths"/>,
/// read-only lists and dictionaries, <see cref="FeelRange"/>, <see cref="FeelFunction"/> and null.
/// </summary>
public sealed class FeelExpression
{
    private readonly FeelCode _code;
    private readonly FeelOptions _options;
    private readonly int _slots;
    private readonly bool _captures;

    private FeelExpression(string text, FeelSyntax syntax, FeelOptions options)
    {
        Text = text;
        Syntax = syntax;
        _options = options;
        if (options.Check ?? options.Types is not null)
        {
            var diagnostics = FeelChecker.Check(syntax, options, out var type);
            ResultType = type;
            if (diagnostics.Count > 0)
            {
                throw new FeelException(diagnostics);
            }
        }

        var compiler = new FeelCompiler(options);
        _code = compiler.Compile(syntax);
        _slots = compiler.Slots;
        _captures = compiler.Captures;
        FreeNames = compiler.FreeNames;
    }

    /// <summary>The text as it was given.</summary>
    public string Text { get; }

    /// <summary>Input variables the expression reads; for unary tests without "?".</summary>
    public IReadOnlySet<string> FreeNames { get; private init; }

    /// <summary>Type of the result as far as the declared types tell.</summary>
    public FeelType ResultType { get; } = FeelType.Any;

    internal FeelSyntax Syntax { get; }

    internal FeelCode Code => _code;

    internal FeelOptions Options => _options;

    /// <summary>Parses an expression.</summary>
    /// <param name="text">FEEL text.</param>
    /// <param name="options">Mode, declared types and limits; DMN mode without declared types when null.</param>
    /// <exception cref="FeelException">The text is not FEEL, or does not fit the declared types; with line and column.</exception>
    public static FeelExpression Parse(string text, FeelOptions? options = null)
    {
        options ??= FeelOptions.Default;
        return new FeelExpression(text, FeelReader.ReadExpression(text, options.Types, options.Limits), options);
    }

    /// <summary>Parses the tests of a decision table's cell: a dash, values, comparisons, intervals, not(…), or conditions over "?".</summary>
    /// <param name="text">FEEL text.</param>
    /// <param name="options">As for <see cref="Parse"/>; declare the tested value under the name "?" to have it checked.</param>
    /// <exception cref="FeelException">The text is not FEEL, or does not fit the declared types; with line and column.</exception>
    public static FeelExpression ParseUnaryTests(string text, FeelOptions? options = null)
    {
        options ??= FeelOptions.Default;
        var expression = new FeelExpression(text, FeelReader.ReadUnaryTests(text, options.Types, options.Limits), options);
        return expression.FreeNames.Contains("?") ? new FeelExpression(expression) : expression;
    }

    private FeelExpression(FeelExpression tests)
    {
        (Text, Syntax, _options, _code, _slots, _captures, ResultType) = (tests.Text, tests.Syntax, tests._options, tests._code, tests._slots, tests._captures, tests.ResultType);
        FreeNames = tests.FreeNames.Where(n => n != "?").ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Evaluates with variables by name; unary tests find the tested value under "?" and give true, false or null.</summary>
    /// <param name="variables">Values by name; other types than those named above are refused.</param>
    /// <exception cref="FeelException">Strict mode: a value is missing or of the wrong type. Either mode: a limit is exceeded.</exception>
    public object? Evaluate(IReadOnlyDictionary<string, object?> variables) => FeelBoundary.ToClr(EvaluateValue(variables, null));

    /// <summary>Evaluates as part of something larger, whose limits it shares.</summary>
    internal object? Evaluate(IReadOnlyDictionary<string, object?> variables, FeelBudget budget) => FeelBoundary.ToClr(EvaluateValue(variables, null, budget));

    /// <summary>Evaluates and asks whether the result is true; null and other values are not.</summary>
    /// <param name="variables">As for <see cref="Evaluate(IReadOnlyDictionary{string, object})"/>.</param>
    public bool IsTrue(IReadOnlyDictionary<string, object?> variables)
    {
        var frame = FeelFramePool.Rent(_options, _slots, _captures, variables, null);
        var truth = _code.Truth(frame);
        FeelFramePool.Return(frame, _slots, _captures);
        return truth == FeelTruth.True;
    }

    /// <summary>The expression written out from its syntax; parses back to the same.</summary>
    public override string ToString() => FeelPrinter.Print(Syntax);

    internal FeelValue EvaluateValue(IReadOnlyDictionary<string, object?>? variables, IFeelInputs? inputs, FeelBudget? budget = null)
    {
        var frame = FeelFramePool.Rent(_options, _slots, _captures, variables, inputs, budget);
        var value = _code.Run(frame);
        FeelFramePool.Return(frame, _slots, _captures);
        return value;
    }

    /// <summary>Evaluates inside an evaluation under way, sharing its limits.</summary>
    internal FeelValue EvaluateWithin(FeelRun run) => _code.Run(new FeelFrame(run, null, _slots == 0 ? [] : new FeelValue[_slots]));
}

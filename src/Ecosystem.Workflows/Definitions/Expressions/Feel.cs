using System.Collections.Concurrent;
using Ecosystem.Rules.Feel;

namespace Ecosystem.Workflows.Definitions;

/// <summary>FEEL, the language of the rulesets. It sees the variables in scope and the definition's inputs by name, and all inputs as <c>input</c>.</summary>
internal static class Feel
{
    private static readonly FeelOptions Options = new()
    {
        Clock = ProcessClock.Instance,
        Limits = new FeelLimits { Time = TimeSpan.FromSeconds(5), Iterations = 1_000_000 },
    };

    private static readonly ConcurrentDictionary<string, FeelExpression> Expressions = new(StringComparer.Ordinal);

    internal static object? Evaluate(string text, ExpressionScope scope)
    {
        var expression = Parse(text);
        var variables = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var name in expression.FreeNames)
        {
            variables[name] = scope.Find(name) is { } slot ? slot.Value
                : scope.Frame.Inputs.TryGetValue(name, out var input) ? input
                : name == "input" ? scope.Frame.Inputs
                : throw new EngineFault($"FEEL: there is no variable and no input '{name}' here, in: {text}");
        }

        try
        {
            ProcessClock.Now = scope.Host.Now;
            return ToValue(expression.Evaluate(variables));
        }
        catch (FeelException exception)
        {
            throw new EngineFault($"FEEL: {exception.Message} in: {text}", exception);
        }
    }

    /// <summary>Checks an expression without working it out.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    internal static string? Check(string text)
    {
        try
        {
            Parse(text);
            return null;
        }
        catch (EngineFault fault)
        {
            return fault.Message;
        }
    }

    /// <summary>The names an expression reads; null when it is not FEEL.</summary>
    internal static IReadOnlySet<string>? Names(string text) => Check(text) is null ? Parse(text).FreeNames : null;

    private static FeelExpression Parse(string text) => Expressions.GetOrAdd(text, static source =>
    {
        try
        {
            return FeelExpression.Parse(source, Options);
        }
        catch (FeelException exception)
        {
            throw new EngineFault($"FEEL: {exception.Message} in: {source}", exception);
        }
    });

    private static object? ToValue(object? value) => value switch
    {
        null or string or bool or decimal or DateOnly or DateTimeOffset or TimeOnly or TimeSpan => Values.Normalise(value),
        IReadOnlyDictionary<string, object?> map => map.ToDictionary(pair => pair.Key, pair => ToValue(pair.Value), StringComparer.Ordinal),
        IReadOnlyList<object?> list => list.Select(ToValue).ToList(),
        _ => value.ToString(),
    };

    // The clock behind today() and now(): the process's time, set just before each evaluation on the same thread.
    private sealed class ProcessClock : TimeProvider
    {
        internal static readonly ProcessClock Instance = new();

        [ThreadStatic]
        private static DateTimeOffset now;

        internal static DateTimeOffset Now
        {
            set => now = value;
        }

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => now;
    }
}

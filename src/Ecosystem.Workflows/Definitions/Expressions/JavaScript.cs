using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Jint;
using Jint.Runtime;

namespace Ecosystem.Workflows.Definitions;

/// <summary>
/// JavaScript as Elsa offers it. Every evaluation has an engine of its own, with limits on time, memory, statements and recursion;
/// the clock and <c>Math.random</c> are the process's.
/// </summary>
internal static partial class JavaScript
{
    internal const int MaxStatements = 200_000;
    private const int MaxRecursion = 200;
    private const long MaxMemory = 64_000_000;
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(5);
    private static readonly ScriptPreparationOptions Scripts = new() { ParsingOptions = new ScriptParsingOptions { AllowReturnOutsideFunction = true } };
    private static readonly ConcurrentDictionary<string, PreparedScript> Prepared = new(StringComparer.Ordinal);

    internal static object? Evaluate(string script, ExpressionScope scope)
    {
        var prepared = Prepare(script);
        try
        {
            var engine = new Engine(options =>
            {
                options.LimitRecursion(MaxRecursion);
                options.MaxStatements(MaxStatements);
                options.LimitMemory(MaxMemory);
                options.TimeoutInterval(MaxTime);
                options.DisableStringCompilation();
                options.Constraints.RegexTimeout = TimeSpan.FromSeconds(1);
                options.Constraints.MaxArraySize = 1_000_000;
                options.TimeSystem = new ProcessTimeSystem(scope.Host.Now);
                options.Culture = CultureInfo.InvariantCulture;
            });
            var globals = new JavaScriptGlobals(engine, scope, prepared.Names);
            globals.Define();
            var result = engine.Evaluate(prepared.Script);
            if (result.IsPromise())
            {
                result = result.UnwrapIfPromise();
            }

            var value = JavaScriptValues.FromJs(result);
            globals.WriteBack();
            return value;
        }
        catch (JavaScriptException exception)
        {
            throw new EngineFault($"JavaScript: {exception.Message} (line {exception.Location.Start.Line}) in: {Shorten(script)}", exception);
        }
        catch (Exception exception) when (exception is StatementsCountOverflowException or MemoryLimitExceededException or RecursionDepthOverflowException or TimeoutException or ExecutionCanceledException)
        {
            throw new EngineFault($"JavaScript was stopped because it runs too long, too deep or takes too much memory ({exception.Message}) in: {Shorten(script)}", exception);
        }
    }

    /// <summary>Checks a script without running it.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    internal static string? Check(string script)
    {
        try
        {
            Prepare(script);
            return null;
        }
        catch (EngineFault fault)
        {
            return fault.Message;
        }
    }

    private static PreparedScript Prepare(string script) => Prepared.GetOrAdd(script, static text =>
    {
        try
        {
            var names = Identifier().Matches(text).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
            return new PreparedScript(Engine.PrepareScript(text, options: Scripts), names);
        }
        catch (ScriptPreparationException exception)
        {
            throw new EngineFault($"JavaScript: {exception.InnerException?.Message ?? exception.Message} in: {Shorten(text)}", exception);
        }
    });

    private static string Shorten(string script) => script.Length <= 200 ? script : script[..200] + "…";

    [GeneratedRegex(@"[A-Za-z_$][A-Za-z0-9_$]*", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();

    private sealed record PreparedScript(Prepared<Acornima.Ast.Script> Script, IReadOnlySet<string> Names);

    private sealed class ProcessTimeSystem(DateTimeOffset now) : ITimeSystem
    {
        private static readonly DefaultTimeSystem Inner = new(TimeZoneInfo.Utc, CultureInfo.InvariantCulture);

        public TimeZoneInfo DefaultTimeZone => TimeZoneInfo.Utc;

        public DateTimeOffset GetUtcNow() => now;

        public bool TryParse(string date, out long epochMilliseconds) => ((ITimeSystem)Inner).TryParse(date, out epochMilliseconds);

        public TimeSpan GetUtcOffset(long epochMilliseconds) => TimeSpan.Zero;
    }
}

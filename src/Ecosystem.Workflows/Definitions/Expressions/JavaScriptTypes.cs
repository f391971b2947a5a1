using Jint;
using Jint.Native;
using Jint.Runtime.Interop;

namespace Ecosystem.Workflows.Definitions;

/// <summary>
/// The .NET types Elsa gives scripts: <c>DateTime</c>, <c>DateTimeOffset</c>, <c>TimeSpan</c>, <c>Guid</c> and <c>Random</c>. What they would
/// take from the machine (the time, a new id, a number by chance) they take from the process here, so that a replay gives the same.
/// </summary>
internal static class JavaScriptTypes
{
    internal static void Define(Engine engine, ExpressionScope scope, IReadOnlySet<string> names)
    {
        if (names.Contains("TimeSpan"))
        {
            engine.SetValue("TimeSpan", TypeReference.CreateTypeReference<TimeSpan>(engine));
        }

        DefineTime<DateTime>(engine, names, () => scope.Host.Now);
        DefineTime<DateTimeOffset>(engine, names, () => scope.Host.Now);
        if (names.Contains("Guid"))
        {
            var guid = new JsObject(engine);
            guid.Set("Empty", new JsString(Guid.Empty.ToString()));
            guid.Set("NewGuid", new ClrFunction(engine, "NewGuid", (_, _) => new JsString(scope.Engine.Random.NextGuid().ToString())));
            guid.Set("Parse", new ClrFunction(engine, "Parse", (_, args) => new JsString(Parse(args.Length > 0 ? args[0].ToString() : ""))));
            engine.SetValue("Guid", guid);
        }

        if (names.Contains("Random"))
        {
            engine.SetValue("__random", new ClrFunction(engine, "random", (_, _) => RandomOf(engine, scope)));
            engine.Execute("var Random = (function (make) { return function () { return make(); }; })(__random);");
        }
    }

    /// <summary>Reads a GUID, in any of the ways one is written.</summary>
    /// <exception cref="EngineFault">It is not one.</exception>
    internal static string Parse(string text) => Guid.TryParse(text, out var guid)
        ? guid.ToString()
        : throw new EngineFault($"'{text}' is not a GUID; write it as 00000000-0000-0000-0000-000000000000.");

    private static void DefineTime<T>(Engine engine, IReadOnlySet<string> names, Func<DateTimeOffset> now)
    {
        var name = typeof(T).Name;
        if (!names.Contains(name))
        {
            return;
        }

        engine.SetValue(name, TypeReference.CreateTypeReference<T>(engine));
        engine.SetValue("__now", new ClrFunction(engine, "now", (_, _) => JsValue.FromObject(engine, now().UtcDateTime)));
        engine.SetValue("__today", new ClrFunction(engine, "today", (_, _) => JsValue.FromObject(engine, now().UtcDateTime.Date)));
        engine.Execute($$"""
            {{name}} = (function (type, now, today) {
              return new Proxy(type, { get: (target, key) => key === 'UtcNow' || key === 'Now' ? now() : key === 'Today' ? today() : target[key] });
            })({{name}}, __now, __today);
            """);
    }

    private static JsObject RandomOf(Engine engine, ExpressionScope scope)
    {
        var random = new JsObject(engine);
        random.Set("NextDouble", new ClrFunction(engine, "NextDouble", (_, _) => new JsNumber(scope.Engine.Random.NextDouble())));
        random.Set("Next", new ClrFunction(engine, "Next", (_, args) =>
        {
            var low = args.Length > 1 ? args[0].AsNumber() : 0;
            var high = args.Length == 0 ? int.MaxValue : args[^1].AsNumber();
            return new JsNumber(Math.Floor(low + (scope.Engine.Random.NextDouble() * (high - low))));
        }));
        return random;
    }
}

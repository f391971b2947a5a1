using Jint;
using Jint.Native;
using Jint.Native.Object;
using Jint.Runtime.Interop;

namespace Ecosystem.Workflows.Definitions;

/// <summary>Carries values between a process and a script.</summary>
internal static class JavaScriptValues
{
    private const int MaxDepth = 100;

    // What ExecuteWorkflow gives is an object of a class in Elsa, whose members scripts may also write with a small first letter.
    private static readonly string[] ChildResult = ["WorkflowInstanceId", "Status", "SubStatus", "Output"];

    internal static JsValue ToJs(Engine engine, object? value)
    {
        switch (value)
        {
            case null:
                return JsValue.Null;
            case bool flag:
                return flag ? JsBoolean.True : JsBoolean.False;
            case string text:
                return new JsString(text);
            case decimal number:
                return new JsNumber((double)number);
            case double number:
                return new JsNumber(number);
            case IReadOnlyDictionary<string, object?> map:
                var json = new JsObject(engine);
                foreach (var pair in map)
                {
                    json.Set(pair.Key, ToJs(engine, pair.Value));
                }

                if (map.Count == ChildResult.Length && ChildResult.All(map.ContainsKey))
                {
                    AddSmallNames(json);
                }

                return json;
            case IEnumerable<object?> list:
                return new JsArray(engine, [.. list.Select(item => ToJs(engine, item))]);
            default:
                return ToJs(engine, Values.Normalise(value));
        }
    }

    private static void AddSmallNames(JsObject json)
    {
        foreach (var name in ChildResult)
        {
            json.DefineOwnProperty(char.ToLowerInvariant(name[0]) + name[1..], new Jint.Runtime.Descriptors.PropertyDescriptor(json.Get(name), writable: true, enumerable: false, configurable: true));
        }
    }

    internal static object? FromJs(JsValue value, int depth = 0)
    {
        if (value.IsNull() || value.IsUndefined())
        {
            return null;
        }

        if (value.IsBoolean())
        {
            return value.AsBoolean();
        }

        if (value.IsNumber())
        {
            return Values.FromDouble(value.AsNumber());
        }

        if (value.IsString())
        {
            return value.AsString();
        }

        if (depth > MaxDepth)
        {
            throw new EngineFault("A script gave a value that contains itself or is nested more than 100 deep.");
        }

        if (value.IsDate())
        {
            return value.AsDate() is var date && double.IsNaN(date.DateValue) ? null : Values.Text(new DateTimeOffset(date.ToDateTime(), TimeSpan.Zero));
        }

        if (value is ObjectWrapper { Target: var target })
        {
            return Values.Normalise(target);
        }

        if (value is JsTypedArray or JsArrayBuffer)
        {
            return Values.Normalise(value.ToObject() is byte[] bytes ? Convert.ToBase64String(bytes) : value.ToObject());
        }

        if (value.IsArray())
        {
            var array = value.AsArray();
            var list = new List<object?>((int)array.Length);
            for (uint i = 0; i < array.Length; i++)
            {
                list.Add(FromJs(array[i], depth + 1));
            }

            return list;
        }

        if (value is not ObjectInstance instance || value is Jint.Native.Function.Function)
        {
            return value.IsSymbol() || value is Jint.Native.Function.Function ? null : value.ToString();
        }

        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var pair in instance.GetOwnProperties())
        {
            if (pair.Key.IsString() && pair.Value.Enumerable)
            {
                var item = instance.Get(pair.Key);
                if (item is not Jint.Native.Function.Function)
                {
                    map[pair.Key.AsString()] = FromJs(item, depth + 1);
                }
            }
        }

        return map;
    }
}

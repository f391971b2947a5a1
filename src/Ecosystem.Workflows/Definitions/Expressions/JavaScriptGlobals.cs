using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Jint;
using Jint.Native;
using Jint.Runtime.Interop;

namespace Ecosystem.Workflows.Definitions;

/// <summary>
/// The functions and objects Elsa gives scripts: <c>variables.X</c>, <c>getX()</c> and <c>setX(v)</c> for each variable, <c>getX()</c> for each
/// input, <c>getOutputFrom</c>, ids and small tools. Only what a script names is made. Lists and objects of variables that a script
/// changes in place are written back.
/// </summary>
internal sealed class JavaScriptGlobals(Engine engine, ExpressionScope scope, IReadOnlySet<string> names)
{
    // As Elsa's toJson: letters of every language stay, what could end a script is escaped.
    private static readonly JsonSerializerOptions ScriptJson = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };
    private readonly Dictionary<VariableSlot, (JsValue Value, object? Original)> handedOut = [];
    private JsObject? variables;
    private Dictionary<string, VariableSlot> slots = [];

    internal void Define()
    {
        slots = scope.Variables().ToDictionary(slot => slot.Name, StringComparer.Ordinal);
        DefineVariables();
        DefineInputs();
        DefineOutputs();
        DefineProcess();
        DefineTools();
    }

    /// <summary>Writes back what the script changed in place.</summary>
    internal void WriteBack()
    {
        if (variables is not null)
        {
            foreach (var pair in variables.GetOwnProperties().ToList())
            {
                var name = pair.Key.ToString();
                var value = variables.Get(pair.Key);
                if (slots.TryGetValue(name, out var slot))
                {
                    if (!handedOut.TryGetValue(slot, out var given) || !ReferenceEquals(given.Value, value))
                    {
                        slot.Set(JavaScriptValues.FromJs(value));
                        handedOut.Remove(slot);
                    }
                }
                else
                {
                    scope.Set(name, JavaScriptValues.FromJs(value));
                }
            }
        }

        foreach (var (slot, (value, original)) in handedOut)
        {
            if (value.IsObject())
            {
                var now = JavaScriptValues.FromJs(value);
                if (!Values.SameAs(now, original))
                {
                    slot.Set(now);
                }
            }
        }
    }

    private void DefineVariables()
    {
        foreach (var slot in slots.Values)
        {
            foreach (var name in Spellings(slot.Name))
            {
                Function("get" + name, _ => Read(slot));
                Function("set" + name, args => Write(slot, args));
            }
        }

        if (names.Contains("variables"))
        {
            variables = new JsObject(engine);
            foreach (var slot in slots.Values)
            {
                variables.Set(slot.Name, Read(slot));
            }

            engine.SetValue("variables", variables);
        }

        Function("getVariable", args => scope.Find(Text(args, 0)) is { } slot ? Read(slot) : JsValue.Null);
        Function("setVariable", args =>
        {
            if (scope.Find(Text(args, 0)) is { } slot)
            {
                return Write(slot, [.. args.Skip(1)]);
            }

            scope.Set(Text(args, 0), JavaScriptValues.FromJs(At(args, 1)));
            return JsValue.Undefined;
        });
    }

    private void DefineInputs()
    {
        // The inputs of a process hide variables of the same name; those of a definition used as an activity are variables themselves.
        var taken = scope.Frame == scope.Engine.Top.OwnFrame ? [] : slots.Keys.SelectMany(Spellings).ToHashSet(StringComparer.Ordinal);
        foreach (var input in scope.Frame.Inputs.Keys)
        {
            foreach (var name in Spellings(input).Where(name => !taken.Contains(name)))
            {
                Function("get" + name, _ => JavaScriptValues.ToJs(engine, scope.Input(input)));
            }
        }

        Function("getInput", args => JavaScriptValues.ToJs(engine, scope.Input(Text(args, 0))));
        if (names.Contains("input"))
        {
            engine.SetValue("input", JavaScriptValues.ToJs(engine, scope.Frame.Inputs));
        }
    }

    private void DefineOutputs()
    {
        Function("getOutputFrom", args => JavaScriptValues.ToJs(engine, scope.OutputOf(Text(args, 0), args.Length > 1 && !args[1].IsUndefined() ? Text(args, 1) : null)));
        Function("getLastResult", _ => JavaScriptValues.ToJs(engine, scope.Engine.LastResult));
        foreach (var called in names)
        {
            var from = called.StartsWith("get", StringComparison.Ordinal) ? called.LastIndexOf("From", StringComparison.Ordinal) : -1;
            if (from > 3 && from + 4 < called.Length)
            {
                var (output, activity) = (called[3..from], called[(from + 4)..]);
                if (scope.Frame.Plan.Nodes.FirstOrDefault(node => node.Name is { } name && Spellings(name).Contains(activity, StringComparer.Ordinal)) is { } node)
                {
                    Function(called, _ => JavaScriptValues.ToJs(engine, scope.OutputOf(node.Id, output)));
                }
            }
        }

        Function("setOutcome", args =>
        {
            scope.Outcomes.Clear();
            scope.Outcomes.Add(Text(args, 0));
            return JsValue.Undefined;
        });
        Function("setOutcomes", args =>
        {
            scope.Outcomes.Clear();
            scope.Outcomes.AddRange(ProcessEngine.AsList(JavaScriptValues.FromJs(At(args, 0))).Select(Values.ToText));
            return JsValue.Undefined;
        });
    }

    private void DefineProcess()
    {
        var (process, document) = (scope.Engine, scope.Frame.Plan.Document);
        Value("workflowInstanceId", scope.Host.InstanceId);
        Value("workflowInstanceName", process.Name);
        Value("workflowDefinitionId", document.DefinitionId);
        Value("workflowDefinitionVersion", (decimal)document.Version);
        Value("workflowDefinitionVersionId", document.VersionId);
        Value("correlationId", process.CorrelationId);
        Function("getWorkflowInstanceId", _ => Js(scope.Host.InstanceId));
        Function("getWorkflowDefinitionId", _ => Js(document.DefinitionId));
        Function("getWorkflowDefinitionVersion", _ => Js((decimal)document.Version));
        Function("getWorkflowDefinitionVersionId", _ => Js(document.VersionId));
        Function("getCorrelationId", _ => Js(process.CorrelationId));
        Function("setCorrelationId", args => Do(() => process.CorrelationId = Text(args, 0)));
        Function("getWorkflowInstanceName", _ => Js(process.Name));
        Function("setWorkflowInstanceName", args => Do(() => process.Name = Text(args, 0)));
    }

    private void DefineTools()
    {
        Function("isNullOrWhiteSpace", args => string.IsNullOrWhiteSpace(Text(args, 0)) ? JsBoolean.True : JsBoolean.False);
        Function("isNullOrEmpty", args => string.IsNullOrEmpty(Text(args, 0)) ? JsBoolean.True : JsBoolean.False);
        Function("newGuid", _ => Js(scope.Engine.Random.NextGuid().ToString()));
        Function("newGuidString", _ => Js(scope.Engine.Random.NextGuid().ToString()));
        Function("getGuidString", _ => Js(scope.Engine.Random.NextGuid().ToString()));
        Function("newShortGuid", _ => ShortGuid());
        Function("getShortGuid", _ => ShortGuid());
        Function("parseGuid", args => Js(JavaScriptTypes.Parse(Text(args, 0))));
        Function("toJson", args => Js(Values.ToJson(JavaScriptValues.FromJs(At(args, 0)))?.ToJsonString(ScriptJson) ?? "null"));
        Function("parseJson", args => JavaScriptValues.ToJs(engine, Values.FromJsonText(Text(args, 0))));
        Function("toStringBase64", args => Js(Base64(Text(args, 0))));
        Function("stringToBase64", args => Js(Base64(Text(args, 0))));
        Function("stringFromBase64", args => Js(Encoding.UTF8.GetString(Convert.FromBase64String(Text(args, 0)))));
        Function("bytesToBase64", args => Js(BytesToBase64(At(args, 0))));
        Function("bytesFromBase64", args => JavaScriptValues.ToJs(engine, Convert.FromBase64String(Text(args, 0)).Select(value => (object?)(decimal)value).ToList()));
        Function("bytesFromString", args => JavaScriptValues.ToJs(engine, Encoding.UTF8.GetBytes(Text(args, 0)).Select(value => (object?)(decimal)value).ToList()));
        Function("stringToBytes", args => JavaScriptValues.ToJs(engine, Encoding.UTF8.GetBytes(Text(args, 0)).Select(value => (object?)(decimal)value).ToList()));
        Function("bytesToString", args => Js(Encoding.UTF8.GetString([.. ProcessEngine.AsList(JavaScriptValues.FromJs(At(args, 0))).Select(value => (byte)(Values.ToNumber(value) ?? 0))])));
        JavaScriptTypes.Define(engine, scope, names);
        if (names.Contains("random"))
        {
            engine.Global.Get("Math").AsObject().Set("random", new ClrFunction(engine, "random", (_, _) => new JsNumber(scope.Engine.Random.NextDouble())));
        }
    }

    // Elsa writes names with a capital first letter; with and without underscores, both are known.
    private static IEnumerable<string> Spellings(string name)
    {
        if (name.Length == 0)
        {
            yield break;
        }

        var first = char.ToUpperInvariant(name[0]) + name[1..];
        yield return first;
        var pascal = string.Concat(name.Split(['_', ' ', '-'], StringSplitOptions.RemoveEmptyEntries).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
        if (pascal != first)
        {
            yield return pascal;
        }

        if (name != first)
        {
            yield return name;
        }
    }

    private static string BytesToBase64(JsValue value) => JavaScriptValues.FromJs(value) switch
    {
        List<object?> bytes => Convert.ToBase64String([.. bytes.Select(item => (byte)(Values.ToNumber(item) ?? 0))]),
        var text => Values.ToText(text),
    };

    private JsValue ShortGuid() =>
        Js(Convert.ToBase64String(scope.Engine.Random.NextGuid().ToByteArray()).Replace("/", "", StringComparison.Ordinal).Replace("+", "", StringComparison.Ordinal).TrimEnd('='));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static JsValue At(JsValue[] args, int index) => index < args.Length ? args[index] : JsValue.Undefined;

    private static string Text(JsValue[] args, int index) => Values.ToText(JavaScriptValues.FromJs(At(args, index)));

    private static JsValue Do(Action action)
    {
        action();
        return JsValue.Undefined;
    }

    private JsValue Js(object? value) => JavaScriptValues.ToJs(engine, value);

    private JsValue Read(VariableSlot slot)
    {
        if (handedOut.TryGetValue(slot, out var given))
        {
            return given.Value;
        }

        var value = JavaScriptValues.ToJs(engine, slot.Value);
        handedOut[slot] = (value, slot.Value);
        return value;
    }

    private JsValue Write(VariableSlot slot, JsValue[] args)
    {
        var value = At(args, 0);
        slot.Set(JavaScriptValues.FromJs(value));
        if (value.IsObject())
        {
            handedOut[slot] = (value, slot.Value);
        }
        else
        {
            handedOut[slot] = (Js(slot.Value), slot.Value);
        }

        variables?.Set(slot.Name, handedOut[slot].Value);
        return JsValue.Undefined;
    }

    private void Value(string name, object? value)
    {
        if (names.Contains(name))
        {
            engine.SetValue(name, Js(value));
        }
    }

    private void Function(string name, Func<JsValue[], JsValue> function)
    {
        if (names.Contains(name))
        {
            engine.SetValue(name, new ClrFunction(engine, name, (_, args) => function(args)));
        }
    }
}

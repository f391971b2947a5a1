using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Definitions;

/// <summary>Works out expressions of every language a definition may use.</summary>
internal static class ExpressionEvaluator
{
    /// <summary>The languages, with the name people see.</summary>
    internal static readonly IReadOnlyList<(string Type, string Name)> Languages =
    [
        ("Literal", "Literal"), ("Object", "Object (JSON)"), ("Variable", "Variable"), ("Input", "Input"), ("Output", "Output"),
        ("JavaScript", "JavaScript"), ("Liquid", "Liquid"), ("FEEL", "FEEL"),
    ];

    internal static object? Evaluate(DefinitionExpression expression, ExpressionScope scope)
    {
        switch (expression.Type.ToUpperInvariant())
        {
            case "LITERAL" or "DEFAULT" or "":
                return Values.FromJson(expression.Value);
            case "OBJECT" or "JSON":
                return ObjectValue(expression);
            case "VARIABLE":
                return ReferenceOf(expression.Value) is { } variable
                    ? Values.Copy((scope.Find(variable) ?? throw new EngineFault($"There is no variable '{variable}' here.")).Value)
                    : null;
            case "INPUT":
                return ReferenceOf(expression.Value) is { } input ? Values.Copy(scope.Input(input)) : null;
            case "OUTPUT":
                return Output(expression.Value, scope);
            case "JAVASCRIPT":
                return JavaScript.Evaluate(expression.Text, scope);
            case "LIQUID":
                return Liquid.Render(expression.Text, scope);
            case "FEEL":
                return Feel.Evaluate(expression.Text, scope);
            case "CSHARP":
                return CSharp.Evaluate(expression.Text, scope);
            default:
                throw new EngineFault($"Expressions in '{expression.Type}' are not supported; write it in JavaScript, Liquid or FEEL.");
        }
    }

    /// <summary>The id or name in a reference to a variable, input or output: a plain text, an object with an id or name, or such an object as text.</summary>
    internal static string? ReferenceOf(JsonNode? value)
    {
        switch (value)
        {
            case JsonObject json:
                return json.Text("id") is { Length: > 0 } id ? id : json.Text("name") is { Length: > 0 } name ? name : ReferenceOf(json["value"]);
            case JsonValue text when text.TryGetValue<string>(out var reference):
                if (reference.StartsWith('{') && Values.FromJsonText(reference) is Dictionary<string, object?>)
                {
                    return ReferenceOf(JsonNode.Parse(reference));
                }

                return reference.Length == 0 ? null : reference;
            default:
                return null;
        }
    }

    private static object? ObjectValue(DefinitionExpression expression)
    {
        if (expression.Value is not JsonValue value || !value.TryGetValue<string>(out var text))
        {
            return Values.FromJson(expression.Value);
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        try
        {
            return Values.FromJson(JsonNode.Parse(text));
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private static object? Output(JsonNode? value, ExpressionScope scope)
    {
        if (value is JsonObject json)
        {
            return Values.Copy(scope.OutputOf(json.Text("activityId") ?? json.Text("activity") ?? json.Text("activityName") ?? "", json.Text("outputName") ?? json.Text("output")));
        }

        var text = ReferenceOf(value) ?? "";
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return Values.Copy(dot < 0 ? scope.OutputOf(text, null) : scope.OutputOf(text[..dot], text[(dot + 1)..]));
    }
}

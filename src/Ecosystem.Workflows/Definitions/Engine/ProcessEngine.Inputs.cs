using System.Globalization;

namespace Ecosystem.Workflows.Definitions;

/// <content>Reading the inputs of activities.</content>
internal sealed partial class ProcessEngine
{
    /// <summary>The value of an input, in the type the definition says; null when the activity has no such input.</summary>
    internal object? Input(ActivityInstance instance, string name) =>
        instance.Node.Inputs.TryGetValue(name, out var input) ? Evaluate(instance, input) : null;

    internal object? Evaluate(ActivityInstance instance, ActivityInput input)
    {
        try
        {
            return Values.ConvertTo(ExpressionEvaluator.Evaluate(input.Expression, new ExpressionScope(this, instance)), input.TypeName);
        }
        catch (EngineFault fault)
        {
            throw new EngineFault($"The input '{input.Name}' of '{instance.Node.Title}' cannot be worked out: {fault.Message}", fault);
        }
    }

    internal object? Evaluate(ActivityInstance instance, DefinitionExpression expression) => ExpressionEvaluator.Evaluate(expression, new ExpressionScope(this, instance));

    internal string? TextInput(ActivityInstance instance, string name) => Input(instance, name) is { } value ? Values.ToText(value) : null;

    internal string RequiredText(ActivityInstance instance, string name) =>
        TextInput(instance, name) is { Length: > 0 } text ? text : throw new EngineFault($"The input '{name}' of '{instance.Node.Title}' is empty; it needs a value.");

    internal bool FlagInput(ActivityInstance instance, string name, bool standard = false) => Input(instance, name) is { } value ? Values.ToBool(value) : standard;

    internal decimal NumberInput(ActivityInstance instance, string name, decimal standard) => Input(instance, name) switch
    {
        null => standard,
        var value => Values.ToNumber(value) ?? throw new EngineFault($"The input '{name}' of '{instance.Node.Title}' is '{Values.ToText(value)}'; it must be a number."),
    };

    internal List<object?> ListInput(ActivityInstance instance, string name) => AsList(Input(instance, name));

    internal Dictionary<string, object?> MapInput(ActivityInstance instance, string name) => Input(instance, name) switch
    {
        Dictionary<string, object?> map => map,
        string text when Values.FromJsonText(text) is Dictionary<string, object?> map => map,
        null or string { Length: 0 } => [],
        var other => throw new EngineFault($"The input '{name}' of '{instance.Node.Title}' is '{Values.ToText(other)}'; it must be an object."),
    };

    /// <summary>All inputs by name, those that are null left out.</summary>
    internal Dictionary<string, object?> AllInputs(ActivityInstance instance)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var input in instance.Node.Inputs.Values.Where(input => !StepLimits.IsLimit(input.Name)))
        {
            if (Evaluate(instance, input) is { } value)
            {
                values[input.Name] = value;
            }
        }

        return values;
    }

    internal TimeSpan DurationInput(ActivityInstance instance, string name) =>
        Durations.Parse(Input(instance, name)) ?? throw new EngineFault($"The input '{name}' of '{instance.Node.Title}' is not a duration; write it as 'd.hh:mm:ss' or as ISO 8601, for example 'P3D'.");

    internal DateTimeOffset TimeInput(ActivityInstance instance, string name) =>
        Input(instance, name) is { } value && DateTimeOffset.TryParse(Values.ToText(value), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new EngineFault($"The input '{name}' of '{instance.Node.Title}' is not a date and time; write it as '2026-11-24T09:00:00Z'.");

    internal static List<object?> AsList(object? value) => value switch
    {
        null => [],
        List<object?> list => list,
        string { Length: 0 } => [],
        string text when Values.FromJsonText(text) is List<object?> list => list,
        var single => [single],
    };
}

using System.Collections.Concurrent;
using System.Globalization;
using Fluid;
using Fluid.Values;

namespace Ecosystem.Workflows.Definitions;

/// <summary>Liquid templates as Elsa offers them: <c>{{ Variables.X }}</c>, <c>{{ Input.X }}</c>, <c>{{ WorkflowInstanceId }}</c>, …</summary>
internal static class Liquid
{
    private const int MaxSteps = 100_000;
    private static readonly FluidParser Parser = new(new FluidParserOptions { AllowFunctions = true });
    private static readonly TemplateOptions Options = MakeOptions();
    private static readonly ConcurrentDictionary<string, IFluidTemplate> Templates = new(StringComparer.Ordinal);

    internal static string Render(string text, ExpressionScope scope)
    {
        var template = Parse(text);
        var now = scope.Host.Now;
        var context = new TemplateContext(Options)
        {
            Now = () => now,
            TimeZone = TimeZoneInfo.Utc,
            CultureInfo = CultureInfo.InvariantCulture,
        };
        var variables = scope.Variables().ToDictionary(slot => slot.Name, slot => slot.Value, StringComparer.Ordinal);
        context.SetValue("Variables", ToLiquid(variables));
        context.SetValue("Variable", ToLiquid(variables));
        context.SetValue("Input", ToLiquid(scope.Frame.Inputs));
        context.SetValue("Output", ToLiquid(scope.Frame.Outputs));
        context.SetValue("WorkflowInstanceId", scope.Host.InstanceId);
        context.SetValue("WorkflowDefinitionId", scope.Frame.Plan.Document.DefinitionId);
        context.SetValue("WorkflowDefinitionVersionId", scope.Frame.Plan.Document.VersionId ?? "");
        context.SetValue("WorkflowDefinitionVersion", scope.Frame.Plan.Document.Version);
        context.SetValue("CorrelationId", scope.Engine.CorrelationId ?? "");
        try
        {
            return template.Render(context);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ParseException or ArgumentException or FormatException)
        {
            throw new EngineFault($"Liquid: {exception.Message} in: {text}", exception);
        }
    }

    /// <summary>Checks a template without rendering it.</summary>
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

    private static IFluidTemplate Parse(string text) => Templates.GetOrAdd(text, static source =>
        Parser.TryParse(source, out var template, out var error) ? template : throw new EngineFault($"Liquid: {error} in: {source}"));

    private static FluidValue ToLiquid(object? value) => value switch
    {
        null => NilValue.Instance,
        bool flag => BooleanValue.Create(flag),
        string text => new StringValue(text),
        decimal number => NumberValue.Create(number),
        double number => NumberValue.Create((decimal)number),
        IReadOnlyDictionary<string, object?> map => new DictionaryValue(new FluidValueDictionaryFluidIndexable(
            map.ToDictionary(pair => pair.Key, pair => ToLiquid(pair.Value), StringComparer.OrdinalIgnoreCase))),
        IEnumerable<object?> list => new ArrayValue([.. list.Select(ToLiquid)]),
        _ => ToLiquid(Values.Normalise(value)),
    };

    private static TemplateOptions MakeOptions()
    {
        var options = new TemplateOptions { MaxSteps = MaxSteps, MaxRecursion = 50, CultureInfo = CultureInfo.InvariantCulture, TimeZone = TimeZoneInfo.Utc };
        options.Filters.AddFilter("json", (input, _, _) => new StringValue(Values.ToJson(FromLiquid(input))?.ToJsonString() ?? "null"));
        options.Filters.AddFilter("base64", (input, _, _) => new StringValue(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(input.ToStringValue()))));
        options.Filters.AddFilter("keys", (input, _, _) => new ArrayValue(FromLiquid(input) is Dictionary<string, object?> map ? [.. map.Keys.Select(key => new StringValue(key))] : []));
        return options;
    }

    private static object? FromLiquid(FluidValue value) => value switch
    {
        ArrayValue array => array.Values.Select(FromLiquid).ToList(),
        DictionaryValue map => map.ToObjectValue() is IFluidIndexable indexable
            ? indexable.Keys.ToDictionary(key => key, key => indexable.TryGetValue(key, out var item) ? FromLiquid(item) : null)
            : null,
        _ => Values.Normalise(value.ToObjectValue()),
    };
}

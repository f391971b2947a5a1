using System.Linq.Expressions;
using System.Text.Json;
using Ecosystem.Rules.RuleModel;
using Ecosystem.Rules.RuleModel.Builders;

namespace Ecosystem.Rules.Json;

internal sealed class RuleReader(ITypeResolver types, JsonSerializerOptions options)
{
    public IRuleDefinition Read(JsonElement json) => Element.RuleDefinition(
        Text(json, "name"),
        Text(json, "description"),
        json.TryGetProperty("priority", out var priority) ? priority.GetInt32() : 0,
        Enum.Parse<RuleRepeatability>(Text(json, "repeatability", nameof(RuleRepeatability.Repeatable))),
        Items(json, "tags").Select(t => t.GetString()!),
        Items(json, "properties").Select(Property),
        Element.DependencyGroup(Items(json, "dependencies")
            .Select(d => Element.Dependency(new Declaration(TypeOf(d, "type"), Text(d, "name")), TypeOf(d, "serviceType")))
            .ToArray()),
        (GroupElement)Read(Required(json, "leftHandSide"), null),
        Element.FilterGroup(Items(json, "filters")
            .Select(f => Element.Filter(Enum.Parse<FilterType>(Text(f, "type")), Lambda(f, "expression")))
            .ToArray()),
        Element.ActionGroup(Items(json, "rightHandSide")
            .Select(a => Element.Action(Lambda(a, "expression"), Enum.Parse<ActionTrigger>(Text(a, "trigger", "Activated, Reactivated"))))
            .ToArray()),
        json.TryGetProperty("priorityExpression", out _) ? Element.Priority(Lambda(json, "priorityExpression")) : null);

    private RuleElement Read(JsonElement json, string? parent)
    {
        var type = Text(json, "elementType");
        return Enum.Parse<ElementType>(type) switch
        {
            ElementType.And => Element.AndGroup(Items(json, "childElements").Select(c => Read(c, type)).ToArray()),
            ElementType.Or => Element.OrGroup(Items(json, "childElements").Select(c => Read(c, type)).ToArray()),
            ElementType.Not => Element.Not(Read(Required(json, "source"), type)),
            ElementType.Exists => Element.Exists(Read(Required(json, "source"), type)),
            ElementType.ForAll => Element.ForAll(
                (PatternElement)Read(Required(json, "basePattern"), type),
                Items(json, "patterns").Select(p => (PatternElement)Read(p, type)).ToArray()),
            ElementType.Pattern => Element.Pattern(
                TypeOf(json, "type"),
                Text(json, "name"),
                Named(json),
                json.TryGetProperty("source", out var source) ? Read(source, type) : null),
            ElementType.Aggregate => Element.Aggregate(
                TypeOf(json, "resultType"),
                Text(json, "name"),
                Named(json),
                (PatternElement)Read(Required(json, "source"), type),
                json.TryGetProperty("customFactoryType", out _) ? TypeOf(json, "customFactoryType") : null),
            ElementType.Binding => Element.Binding(TypeOf(json, "resultType"), Lambda(json, "expression")),
            _ => throw new JsonException($"Element '{type}' cannot be part of {parent ?? "the left-hand side"}."),
        };
    }

    private KeyValuePair<string, LambdaExpression>[] Named(JsonElement json) =>
        [.. Items(json, "expressions").Select(e => KeyValuePair.Create(Text(e, "name"), Lambda(e, "expression")))];

    private RuleProperty Property(JsonElement json)
    {
        var type = TypeOf(json, "type");
        var value = Required(json, "value");
        return new RuleProperty(
            Text(json, "name"),
            type == typeof(Type) ? types.GetTypeFromName(value.GetString()!) : value.Deserialize(type, options)!);
    }

    private LambdaExpression Lambda(JsonElement json, string name) =>
        new ExpressionReader(types, options).ReadLambda(Required(json, name));

    private Type TypeOf(JsonElement json, string name) => types.GetTypeFromName(Text(json, name));

    private static IEnumerable<JsonElement> Items(JsonElement json, string name) =>
        json.TryGetProperty(name, out var items) ? items.EnumerateArray() : Enumerable.Empty<JsonElement>();

    private static string Text(JsonElement json, string name, string? otherwise = null) =>
        json.TryGetProperty(name, out var value) ? value.GetString()! : otherwise ?? Required(json, name).GetString()!;

    private static JsonElement Required(JsonElement json, string name) => json.TryGetProperty(name, out var value)
        ? value
        : throw new JsonException($"Property '{name}' is missing in {json.GetRawText()[..Math.Min(80, json.GetRawText().Length)]}.");
}

using System.Linq.Expressions;
using System.Text.Json;
using Ecosystem.Rules.RuleModel;
using Ecosystem.Rules.RuleModel.Builders;

namespace Ecosystem.Rules.Json;

/// <summary>Reads rules that <see cref="RuleWriter"/> or NRules.Json wrote; properties may stand in any order.</summary>
internal sealed class RuleReader(RuleJson form)
{
    public IRuleDefinition Read(JsonElement json) => Element.RuleDefinition(
        form.Text(json, "Name"),
        form.Has(json, "Description", out var description) ? description.GetString() ?? "" : "",
        form.Has(json, "Priority", out var priority) ? priority.GetInt32() : 0,
        form.Has(json, "Repeatability", out _) ? form.Choice<RuleRepeatability>(json, "Repeatability") : RuleRepeatability.Repeatable,
        form.Items(json, "Tags").Select(t => t.GetString()!),
        form.Items(json, "Properties").Select(Property),
        Element.DependencyGroup(form.Items(json, "Dependencies").Select(Dependency).ToArray()),
        (GroupElement)Read(form.Required(json, "LeftHandSide"), null),
        Element.FilterGroup(form.Items(json, "Filters").Select(f => Element.Filter(form.Choice<FilterType>(f, "FilterType"), Lambda(f, "Expression"))).ToArray()),
        Element.ActionGroup(form.Items(json, "RightHandSide").Select(Action).ToArray()),
        form.Has(json, "PriorityExpression", out _) ? Element.Priority(Lambda(json, "PriorityExpression")) : null);

    private RuleElement Read(JsonElement json, ElementType? parent)
    {
        var type = form.Choice<ElementType>(json, "ElementType");
        return type switch
        {
            ElementType.And => Element.AndGroup(form.Items(json, "ChildElements").Select(c => Read(c, type)).ToArray()),
            ElementType.Or => Element.OrGroup(form.Items(json, "ChildElements").Select(c => Read(c, type)).ToArray()),
            ElementType.Not => Element.Not(Read(form.Required(json, "Source"), type)),
            ElementType.Exists => Element.Exists(Read(form.Required(json, "Source"), type)),
            ElementType.ForAll => Element.ForAll(
                (PatternElement)Read(form.Required(json, "BasePattern"), type),
                form.Items(json, "Patterns").Select(p => (PatternElement)Read(p, type)).ToArray()),
            ElementType.Pattern => Element.Pattern(
                form.TypeOf(json, "Type"),
                form.Text(json, "Name"),
                Named(json),
                form.Has(json, "Source", out var source) ? Read(source, type) : null),
            ElementType.Aggregate => Element.Aggregate(
                form.TypeOf(json, "ResultType"),
                form.Text(json, "Name"),
                Named(json),
                (PatternElement)Read(form.Required(json, "Source"), type),
                form.OptionalType(json, "CustomFactoryType")),
            ElementType.Binding => Element.Binding(form.TypeOf(json, "ResultType"), Lambda(json, "Expression")),
            _ => throw new JsonException($"Element '{type}' cannot be part of {(parent is null ? "the left-hand side" : parent.ToString())}."),
        };
    }

    private DependencyElement Dependency(JsonElement json)
    {
        var type = form.TypeOf(json, "Type");
        return Element.Dependency(new Declaration(type, form.Text(json, "Name")), form.OptionalType(json, "ServiceType") ?? type);
    }

    private ActionElement Action(JsonElement json) => Element.Action(
        Lambda(json, "Expression"),
        form.Has(json, "ActionTrigger", out _) ? form.Choice<ActionTrigger>(json, "ActionTrigger") : ActionElement.DefaultTrigger);

    private KeyValuePair<string, LambdaExpression>[] Named(JsonElement json) =>
        [.. form.Items(json, "Expressions").Select(e => KeyValuePair.Create(form.Text(e, "Name"), Lambda(e, "Expression")))];

    private RuleProperty Property(JsonElement json)
    {
        var type = form.TypeOf(json, "Type");
        var value = form.Required(json, "Value");
        return new RuleProperty(
            form.Text(json, "Name"),
            type == typeof(Type) ? form.TypeNamed(value.GetString()!) : value.Deserialize(type, form.Options)!);
    }

    private LambdaExpression Lambda(JsonElement json, string name) => new ExpressionReader(form).ReadLambda(form.Required(json, name));
}

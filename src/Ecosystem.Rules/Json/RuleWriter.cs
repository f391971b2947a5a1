using System.Linq.Expressions;
using System.Text.Json;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Json;

/// <summary>Writes rules in the form of NRules.Json; a computed priority, which that does not know, is a property of its own.</summary>
internal sealed class RuleWriter(Utf8JsonWriter writer, RuleJson form)
{
    private readonly ExpressionWriter _expressions = new(writer, form);

    public void Write(IRuleDefinition rule)
    {
        writer.WriteStartObject();
        Text("Name", rule.Name);
        if (!string.IsNullOrEmpty(rule.Description))
        {
            Text("Description", rule.Description);
        }

        writer.WriteNumber(form.Name("Priority"), rule.Priority);
        Text("Repeatability", rule.Repeatability.ToString());
        form.WriteAny(writer, "Tags", [.. rule.Tags], tag => writer.WriteStringValue(tag));
        form.WriteAny(writer, "Properties", [.. rule.Properties], Property);
        form.WriteAny(writer, "Dependencies", [.. rule.DependencyGroup.Dependencies], Dependency);
        writer.WritePropertyName(form.Name("LeftHandSide"));
        Element(rule.LeftHandSide);
        form.WriteAny(writer, "Filters", [.. rule.FilterGroup.Filters], filter =>
        {
            writer.WriteStartObject();
            Text("ElementType", filter.ElementType.ToString());
            Text("FilterType", filter.FilterType.ToString());
            Expression("Expression", filter.Expression);
            writer.WriteEndObject();
        });
        form.Write(writer, "RightHandSide", rule.RightHandSide.Actions, action =>
        {
            writer.WriteStartObject();
            if (action.ActionTrigger != ActionElement.DefaultTrigger)
            {
                Text("ActionTrigger", action.ActionTrigger.ToString());
            }

            Expression("Expression", action.Expression);
            writer.WriteEndObject();
        });
        if (rule.PriorityExpression is { } priority)
        {
            Expression("PriorityExpression", priority.Expression);
        }

        writer.WriteEndObject();
    }

    private void Property(RuleProperty property)
    {
        writer.WriteStartObject();
        Text("Name", property.Name);
        var type = property.Value is Type ? typeof(Type) : property.Value.GetType();
        form.Write(writer, "Type", type);
        writer.WritePropertyName(form.Name("Value"));
        if (property.Value is Type value)
        {
            writer.WriteStringValue(form.NameOf(value));
        }
        else
        {
            JsonSerializer.Serialize(writer, property.Value, type, form.Options);
        }

        writer.WriteEndObject();
    }

    private void Dependency(DependencyElement dependency)
    {
        writer.WriteStartObject();
        Text("ElementType", dependency.ElementType.ToString());
        Text("Name", dependency.Declaration.Name);
        form.Write(writer, "Type", dependency.Declaration.Type);
        if (dependency.ServiceType != dependency.Declaration.Type)
        {
            form.Write(writer, "ServiceType", dependency.ServiceType);
        }

        writer.WriteEndObject();
    }

    private void Element(RuleElement element)
    {
        writer.WriteStartObject();
        Text("ElementType", element.ElementType.ToString());
        switch (element)
        {
            case GroupElement group:
                form.Write(writer, "ChildElements", group.ChildElements, Element);
                break;
            case NotElement not:
                Source(not.Source);
                break;
            case ExistsElement exists:
                Source(exists.Source);
                break;
            case ForAllElement forAll:
                writer.WritePropertyName(form.Name("BasePattern"));
                Element(forAll.BasePattern);
                form.Write(writer, "Patterns", forAll.Patterns, Element);
                break;
            case PatternElement pattern:
                Text("Name", pattern.Declaration.Name);
                form.Write(writer, "Type", pattern.Declaration.Type);
                Named(pattern.Expressions);
                if (pattern.Source is not null)
                {
                    Source(pattern.Source);
                }

                break;
            case AggregateElement aggregate:
                Text("Name", aggregate.Name);
                form.Write(writer, "ResultType", aggregate.ResultType);
                Named(aggregate.Expressions);
                if (aggregate.CustomFactoryType is not null)
                {
                    form.Write(writer, "CustomFactoryType", aggregate.CustomFactoryType);
                }

                Source(aggregate.Source);
                break;
            case BindingElement binding:
                form.Write(writer, "ResultType", binding.ResultType);
                Expression("Expression", binding.Expression);
                break;
            default:
                throw new NotSupportedException($"Rule element is not supported in JSON. ElementType={element.ElementType}");
        }

        writer.WriteEndObject();
    }

    private void Source(RuleElement source)
    {
        writer.WritePropertyName(form.Name("Source"));
        Element(source);
    }

    private void Named(IEnumerable<NamedExpressionElement> expressions) => form.WriteAny(writer, "Expressions", [.. expressions], e =>
    {
        writer.WriteStartObject();
        Text("Name", e.Name);
        Expression("Expression", e.Expression);
        writer.WriteEndObject();
    });

    private void Expression(string name, LambdaExpression expression)
    {
        writer.WritePropertyName(form.Name(name));
        _expressions.Write(expression);
    }

    private void Text(string name, string? text) => writer.WriteString(form.Name(name), text);
}

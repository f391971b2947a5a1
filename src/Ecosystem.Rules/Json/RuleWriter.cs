using System.Linq.Expressions;
using System.Text.Json;
using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Json;

internal sealed class RuleWriter(Utf8JsonWriter writer, ITypeResolver types, JsonSerializerOptions options)
{
    private readonly ExpressionWriter _expressions = new(writer, types, options);

    public void Write(IRuleDefinition rule)
    {
        writer.WriteStartObject();
        writer.WriteString("name", rule.Name);
        writer.WriteString("description", rule.Description);
        writer.WriteNumber("priority", rule.Priority);
        writer.WriteString("repeatability", rule.Repeatability.ToString());
        Array("tags", rule.Tags, writer.WriteStringValue);
        Array("properties", rule.Properties, p =>
        {
            writer.WriteStartObject();
            writer.WriteString("name", p.Name);
            var type = p.Value is Type ? typeof(Type) : p.Value.GetType();
            writer.WriteString("type", types.GetTypeName(type));
            writer.WritePropertyName("value");
            if (p.Value is Type value)
            {
                writer.WriteStringValue(types.GetTypeName(value));
            }
            else
            {
                JsonSerializer.Serialize(writer, p.Value, type, options);
            }

            writer.WriteEndObject();
        });
        if (rule.PriorityExpression is { } priority)
        {
            Expression("priorityExpression", priority.Expression);
        }

        Array("dependencies", rule.DependencyGroup.Dependencies, d =>
        {
            writer.WriteStartObject();
            writer.WriteString("name", d.Declaration.Name);
            writer.WriteString("type", types.GetTypeName(d.Declaration.Type));
            writer.WriteString("serviceType", types.GetTypeName(d.ServiceType));
            writer.WriteEndObject();
        });
        writer.WritePropertyName("leftHandSide");
        Element(rule.LeftHandSide);
        Array("filters", rule.FilterGroup.Filters, f =>
        {
            writer.WriteStartObject();
            writer.WriteString("type", f.FilterType.ToString());
            Expression("expression", f.Expression);
            writer.WriteEndObject();
        });
        Array("rightHandSide", rule.RightHandSide.Actions, a =>
        {
            writer.WriteStartObject();
            writer.WriteString("trigger", a.ActionTrigger.ToString());
            Expression("expression", a.Expression);
            writer.WriteEndObject();
        });
        writer.WriteEndObject();
    }

    private void Element(RuleElement element)
    {
        writer.WriteStartObject();
        writer.WriteString("elementType", element.ElementType.ToString());
        switch (element)
        {
            case GroupElement group:
                Array("childElements", group.ChildElements, Element);
                break;
            case NotElement not:
                writer.WritePropertyName("source");
                Element(not.Source);
                break;
            case ExistsElement exists:
                writer.WritePropertyName("source");
                Element(exists.Source);
                break;
            case ForAllElement forAll:
                writer.WritePropertyName("basePattern");
                Element(forAll.BasePattern);
                Array("patterns", forAll.Patterns, Element);
                break;
            case PatternElement pattern:
                writer.WriteString("name", pattern.Declaration.Name);
                writer.WriteString("type", types.GetTypeName(pattern.Declaration.Type));
                Named(pattern.Expressions);
                if (pattern.Source is not null)
                {
                    writer.WritePropertyName("source");
                    Element(pattern.Source);
                }

                break;
            case AggregateElement aggregate:
                writer.WriteString("name", aggregate.Name);
                writer.WriteString("resultType", types.GetTypeName(aggregate.ResultType));
                if (aggregate.CustomFactoryType is not null)
                {
                    writer.WriteString("customFactoryType", types.GetTypeName(aggregate.CustomFactoryType));
                }

                Named(aggregate.Expressions);
                writer.WritePropertyName("source");
                Element(aggregate.Source);
                break;
            case BindingElement binding:
                writer.WriteString("resultType", types.GetTypeName(binding.ResultType));
                Expression("expression", binding.Expression);
                break;
            default:
                throw new NotSupportedException($"Rule element is not supported in JSON. ElementType={element.ElementType}");
        }

        writer.WriteEndObject();
    }

    private void Named(ExpressionCollection expressions) => Array("expressions", expressions, e =>
    {
        writer.WriteStartObject();
        writer.WriteString("name", e.Name);
        Expression("expression", e.Expression);
        writer.WriteEndObject();
    });

    private void Expression(string name, LambdaExpression expression)
    {
        writer.WritePropertyName(name);
        _expressions.Write(expression);
    }

    private void Array<T>(string name, IEnumerable<T> items, Action<T> write)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            write(item);
        }

        writer.WriteEndArray();
    }
}

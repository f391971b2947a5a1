using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;

namespace Ecosystem.Rules.Json;

/// <summary>Writes expressions as trees of objects. Captured variables are written as the values they have.</summary>
internal sealed class ExpressionWriter(Utf8JsonWriter writer, ITypeResolver types, JsonSerializerOptions options)
{
    public void Write(Expression? expression)
    {
        if (expression is null)
        {
            writer.WriteNullValue();
            return;
        }

        if (TryGetConstant(expression, out var constant))
        {
            expression = Expression.Constant(constant, expression.Type);
        }

        writer.WriteStartObject();
        writer.WriteString("nodeType", expression.NodeType.ToString());
        switch (expression)
        {
            case LambdaExpression lambda:
                Type("type", lambda.Type);
                Array("parameters", lambda.Parameters, p => Write(p));
                Child("body", lambda.Body);
                break;
            case ParameterExpression parameter:
                Type("type", parameter.Type);
                writer.WriteString("name", parameter.Name);
                break;
            case ConstantExpression value:
                Constant(value);
                break;
            case MemberExpression member:
                Member("member", member.Member);
                Child("expression", member.Expression);
                break;
            case MethodCallExpression call:
                Method("method", call.Method);
                Child("object", call.Object);
                Array("arguments", call.Arguments, Write);
                break;
            case BinaryExpression binary:
                Child("left", binary.Left);
                Child("right", binary.Right);
                if (binary.Method is not null)
                {
                    Method("method", binary.Method);
                }

                break;
            case UnaryExpression unary:
                Type("type", unary.Type);
                Child("operand", unary.Operand);
                if (unary.Method is not null)
                {
                    Method("method", unary.Method);
                }

                break;
            case ConditionalExpression conditional:
                Type("type", conditional.Type);
                Child("test", conditional.Test);
                Child("ifTrue", conditional.IfTrue);
                Child("ifFalse", conditional.IfFalse);
                break;
            case NewExpression creation:
                Creation(creation);
                break;
            case NewArrayExpression array:
                Type("type", array.Type.GetElementType()!);
                Array("expressions", array.Expressions, Write);
                break;
            case MemberInitExpression init:
                Child("newExpression", init.NewExpression);
                Array("bindings", init.Bindings, Binding);
                break;
            case ListInitExpression list:
                Child("newExpression", list.NewExpression);
                Array("initializers", list.Initializers, Initializer);
                break;
            case TypeBinaryExpression typeTest:
                Type("typeOperand", typeTest.TypeOperand);
                Child("expression", typeTest.Expression);
                break;
            case InvocationExpression invocation:
                Child("expression", invocation.Expression);
                Array("arguments", invocation.Arguments, Write);
                break;
            case BlockExpression block:
                Type("type", block.Type);
                Array("variables", block.Variables, v => Write(v));
                Array("expressions", block.Expressions, Write);
                break;
            case DefaultExpression none:
                Type("type", none.Type);
                break;
            default:
                throw new NotSupportedException($"Expression is not supported in JSON. NodeType={expression.NodeType}, Expression={expression}");
        }

        writer.WriteEndObject();
    }

    /// <summary>A captured variable is a field of a constant closure; it is replaced by its value.</summary>
    private static bool TryGetConstant(Expression expression, out object? value)
    {
        value = null;
        if (expression is not MemberExpression { Member: FieldInfo or PropertyInfo } member)
        {
            return false;
        }

        object? target;
        switch (member.Expression)
        {
            case ConstantExpression constant:
                target = constant.Value;
                break;
            case MemberExpression inner when TryGetConstant(inner, out target):
                break;
            default:
                return false;
        }

        value = member.Member is FieldInfo field ? field.GetValue(target) : ((PropertyInfo)member.Member).GetValue(target);
        return true;
    }

    private void Constant(ConstantExpression value)
    {
        Type("type", value.Type);
        writer.WritePropertyName("value");
        if (value.Value is null || value.Type == typeof(object) && value.Value is string)
        {
            JsonSerializer.Serialize(writer, value.Value, options);
            return;
        }

        var type = Nullable.GetUnderlyingType(value.Type) ?? value.Type;
        if (value.Value is Type typeValue)
        {
            writer.WriteStringValue(types.GetTypeName(typeValue));
        }
        else if (type.IsPrimitive || type.IsEnum || type.IsValueType || type == typeof(string) || type.IsArray)
        {
            JsonSerializer.Serialize(writer, value.Value, value.Type, options);
        }
        else
        {
            throw new NotSupportedException(
                $"A rule that refers to an object cannot be written as JSON: use values, static members or a dependency. Type={value.Type}");
        }
    }

    private void Binding(MemberBinding binding)
    {
        writer.WriteStartObject();
        Member("member", binding.Member);
        switch (binding)
        {
            case MemberAssignment assignment:
                Child("expression", assignment.Expression);
                break;
            case MemberMemberBinding members:
                Array("bindings", members.Bindings, Binding);
                break;
            default:
                Array("initializers", ((MemberListBinding)binding).Initializers, Initializer);
                break;
        }

        writer.WriteEndObject();
    }

    private void Initializer(ElementInit initializer)
    {
        writer.WriteStartObject();
        Method("addMethod", initializer.AddMethod);
        Array("arguments", initializer.Arguments, Write);
        writer.WriteEndObject();
    }

    private void Creation(NewExpression creation)
    {
        Type("type", creation.Type);
        writer.WriteStartArray("parameterTypes");
        foreach (var parameter in creation.Constructor?.GetParameters() ?? [])
        {
            writer.WriteStringValue(types.GetTypeName(parameter.ParameterType));
        }

        writer.WriteEndArray();
        Array("arguments", creation.Arguments, Write);
    }

    private void Method(string name, MethodInfo method)
    {
        writer.WriteStartObject(name);
        writer.WriteString("declaringType", types.GetTypeName(method.DeclaringType!));
        writer.WriteString("name", method.Name);
        writer.WriteStartArray("genericArguments");
        foreach (var argument in method.IsGenericMethod ? method.GetGenericArguments() : [])
        {
            writer.WriteStringValue(types.GetTypeName(argument));
        }

        writer.WriteEndArray();
        writer.WriteStartArray("parameterTypes");
        foreach (var parameter in method.GetParameters())
        {
            writer.WriteStringValue(types.GetTypeName(parameter.ParameterType));
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private void Member(string name, MemberInfo member)
    {
        writer.WriteStartObject(name);
        writer.WriteString("declaringType", types.GetTypeName(member.DeclaringType!));
        writer.WriteString("name", member.Name);
        writer.WriteEndObject();
    }

    private void Type(string name, Type type) => writer.WriteString(name, types.GetTypeName(type));

    private void Child(string name, Expression? expression)
    {
        writer.WritePropertyName(name);
        Write(expression);
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

using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;

namespace Ecosystem.Rules.Json;

/// <summary>
/// Writes expressions as trees of objects, in the form of NRules.Json: what follows from the rest is left out. Captured variables are written
/// as the values they have. Generic methods and overloads that the arguments do not tell apart get two properties more.
/// </summary>
internal sealed class ExpressionWriter(Utf8JsonWriter writer, RuleJson form)
{
    public void Write(Expression expression)
    {
        if (TryGetConstant(expression, out var constant))
        {
            expression = Expression.Constant(constant, expression.Type);
        }

        writer.WriteStartObject();
        Text("NodeType", expression.NodeType.ToString());
        switch (expression)
        {
            case LambdaExpression lambda:
                if (lambda.Type != ImpliedType(lambda))
                {
                    Type("Type", lambda.Type);
                }

                form.WriteAny(writer, "Parameters", lambda.Parameters, Parameter);
                Child("Body", lambda.Body);
                break;
            case ParameterExpression parameter:
                Declare(parameter);
                break;
            case ConstantExpression value:
                Constant(value);
                break;
            case MemberExpression member:
                Member(member.Member, null);
                Optional("Expression", member.Expression);
                break;
            case MethodCallExpression call:
                Optional("Object", call.Object);
                Method(call.Method, call.Arguments, call.Object?.Type);
                form.WriteAny(writer, "Arguments", call.Arguments, Write);
                break;
            case BinaryExpression binary:
                Child("Left", binary.Left);
                Child("Right", binary.Right);
                Operator(binary.Method, binary.Left, binary.Right);
                break;
            case UnaryExpression unary:
                Child("Operand", unary.Operand);
                if (unary.Type != unary.Operand.Type)
                {
                    Type("Type", unary.Type);
                }

                Operator(unary.Method, unary.Operand);
                break;
            case ConditionalExpression conditional:
                Child("Test", conditional.Test);
                Child("IfTrue", conditional.IfTrue);
                Child("IfFalse", conditional.IfFalse);
                if (conditional.Type != conditional.IfTrue.Type)
                {
                    Type("Type", conditional.Type);
                }

                break;
            case NewExpression creation:
                Creation(creation);
                break;
            case NewArrayExpression array:
                Type("ElementType", array.Type.GetElementType()!);
                form.WriteAny(writer, "Expressions", array.Expressions, Write);
                break;
            case MemberInitExpression init:
                Creation(init.NewExpression);
                form.Write(writer, "Bindings", init.Bindings, binding => Binding(binding, init.Type));
                break;
            case ListInitExpression list:
                Creation(list.NewExpression);
                form.Write(writer, "Initializers", list.Initializers, item => Initializer(item, list.Type));
                break;
            case TypeBinaryExpression typeTest:
                Child("Expression", typeTest.Expression);
                Type("TypeOperand", typeTest.TypeOperand);
                break;
            case InvocationExpression invocation:
                Child("Expression", invocation.Expression);
                form.WriteAny(writer, "Arguments", invocation.Arguments, Write);
                break;
            case BlockExpression block:
                Type("Type", block.Type);
                form.Write(writer, "Variables", block.Variables, Parameter);
                form.Write(writer, "Expressions", block.Expressions, Write);
                break;
            case DefaultExpression none:
                Type("Type", none.Type);
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

    private static Type ImpliedType(LambdaExpression lambda) =>
        Expression.GetDelegateType([.. lambda.Parameters.Select(p => p.IsByRef ? p.Type.MakeByRefType() : p.Type), lambda.Body.Type]);

    private void Parameter(ParameterExpression parameter)
    {
        writer.WriteStartObject();
        Declare(parameter);
        writer.WriteEndObject();
    }

    private void Declare(ParameterExpression parameter)
    {
        Text("Name", parameter.Name);
        Type("Type", parameter.Type);
    }

    private void Constant(ConstantExpression value)
    {
        Type("Type", value.Type);
        writer.WritePropertyName(form.Name("Value"));
        if (value.Value is null || value.Type == typeof(object) && value.Value is string)
        {
            JsonSerializer.Serialize(writer, value.Value, form.Options);
            return;
        }

        var type = Nullable.GetUnderlyingType(value.Type) ?? value.Type;
        if (value.Value is Type typeValue)
        {
            writer.WriteStringValue(form.NameOf(typeValue));
        }
        else if (type.IsPrimitive || type.IsEnum || type.IsValueType || type == typeof(string) || type.IsArray)
        {
            JsonSerializer.Serialize(writer, value.Value, value.Type, form.Options);
        }
        else
        {
            throw new NotSupportedException(
                $"A rule that refers to an object cannot be written as JSON: use values, static members or a dependency. Type={value.Type}");
        }
    }

    private void Binding(MemberBinding binding, Type type)
    {
        writer.WriteStartObject();
        Text("BindingType", binding.BindingType.ToString());
        Member(binding.Member, type);
        var memberType = (binding.Member as PropertyInfo)?.PropertyType ?? ((FieldInfo)binding.Member).FieldType;
        switch (binding)
        {
            case MemberAssignment assignment:
                Child("Expression", assignment.Expression);
                break;
            case MemberMemberBinding members:
                form.Write(writer, "Bindings", members.Bindings, inner => Binding(inner, memberType));
                break;
            default:
                form.Write(writer, "Initializers", ((MemberListBinding)binding).Initializers, item => Initializer(item, memberType));
                break;
        }

        writer.WriteEndObject();
    }

    private void Initializer(ElementInit initializer, Type type)
    {
        writer.WriteStartObject();
        Method(initializer.AddMethod, initializer.Arguments, type);
        form.Write(writer, "Arguments", initializer.Arguments, Write);
        writer.WriteEndObject();
    }

    private void Creation(NewExpression creation)
    {
        Type("DeclaringType", creation.Type);
        form.WriteAny(writer, "Arguments", creation.Arguments, Write);
        if (creation.Constructor is { } constructor && !constructor.GetParameters().Select(p => p.ParameterType).SequenceEqual(creation.Arguments.Select(a => a.Type)))
        {
            ParameterTypes(constructor);
        }
    }

    private void Operator(MethodInfo? method, params Expression[] operands)
    {
        if (method is { IsSpecialName: false })
        {
            Method(method, operands, operands[0].Type);
        }
    }

    private void Method(MethodInfo method, IReadOnlyCollection<Expression> arguments, Type? implied)
    {
        Text("MethodName", method.Name);
        var type = method.DeclaringType!;
        if (type != implied)
        {
            Type("DeclaringType", type);
        }

        if (method.IsGenericMethod)
        {
            form.Write(writer, "GenericArguments", method.GetGenericArguments(), argument => writer.WriteStringValue(form.NameOf(argument)));
            ParameterTypes(method);
        }
        else if (MethodSearch.Find(type, method.Name, [.. arguments.Select(argument => argument.Type)]) != method)
        {
            ParameterTypes(method);
        }
    }

    private void ParameterTypes(MethodBase method) =>
        form.Write(writer, "ParameterTypes", method.GetParameters(), parameter => writer.WriteStringValue(form.NameOf(parameter.ParameterType)));

    private void Member(MemberInfo member, Type? implied)
    {
        Text("MemberType", member.MemberType.ToString());
        Text("Name", member.Name);
        if (member.DeclaringType != implied)
        {
            Type("DeclaringType", member.DeclaringType!);
        }
    }

    private void Text(string name, string? text) => writer.WriteString(form.Name(name), text);

    private void Type(string name, Type type) => form.Write(writer, name, type);

    private void Child(string name, Expression expression)
    {
        writer.WritePropertyName(form.Name(name));
        Write(expression);
    }

    private void Optional(string name, Expression? expression)
    {
        if (expression is not null)
        {
            Child(name, expression);
        }
    }
}

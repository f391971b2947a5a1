using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;

namespace Ecosystem.Rules.Json;

/// <summary>Reads expressions that <see cref="ExpressionWriter"/> or NRules.Json wrote. A parameter is the same wherever its name occurs in one lambda.</summary>
internal sealed class ExpressionReader(RuleJson form)
{
    private readonly Dictionary<(string?, Type), ParameterExpression> _parameters = [];

    public LambdaExpression ReadLambda(JsonElement json) => (LambdaExpression)Read(json);

    public Expression Read(JsonElement json)
    {
        var kind = form.Choice<ExpressionType>(json, "NodeType");
        switch (kind)
        {
            case ExpressionType.Lambda:
                return Lambda(json);
            case ExpressionType.Parameter:
                return Parameter(json);
            case ExpressionType.Constant:
                return Constant(json);
            case ExpressionType.MemberAccess:
                return Expression.MakeMemberAccess(Optional(json, "Expression"), Member(json, null));
            case ExpressionType.Call:
                var target = Optional(json, "Object");
                var arguments = Expressions(json, "Arguments");
                return Expression.Call(target, Method(json, arguments, target?.Type), arguments);
            case ExpressionType.Conditional:
                var (ifTrue, ifFalse) = (Child(json, "IfTrue"), Child(json, "IfFalse"));
                return Expression.Condition(Child(json, "Test"), ifTrue, ifFalse, form.OptionalType(json, "Type") ?? ifTrue.Type);
            case ExpressionType.New:
                return Creation(json);
            case ExpressionType.NewArrayInit:
                return Expression.NewArrayInit(form.TypeOf(json, "ElementType"), Expressions(json, "Expressions"));
            case ExpressionType.NewArrayBounds:
                return Expression.NewArrayBounds(form.TypeOf(json, "ElementType"), Expressions(json, "Expressions"));
            case ExpressionType.MemberInit:
                var made = Creation(json);
                return Expression.MemberInit(made, form.Items(json, "Bindings").Select(binding => Binding(binding, made.Type)));
            case ExpressionType.ListInit:
                var list = Creation(json);
                return Expression.ListInit(list, form.Items(json, "Initializers").Select(item => Initializer(item, list.Type)));
            case ExpressionType.TypeIs:
                return Expression.TypeIs(Child(json, "Expression"), form.TypeOf(json, "TypeOperand"));
            case ExpressionType.Invoke:
                return Expression.Invoke(Child(json, "Expression"), Expressions(json, "Arguments"));
            case ExpressionType.Block:
                return Expression.Block(form.TypeOf(json, "Type"), form.Items(json, "Variables").Select(Parameter).ToArray(), Expressions(json, "Expressions"));
            case ExpressionType.Default:
                return Expression.Default(form.TypeOf(json, "Type"));
            case var _ when form.Has(json, "Operand", out var written):
                var operand = Read(written);
                return Expression.MakeUnary(kind, operand, form.OptionalType(json, "Type") ?? operand.Type, Operator(json, operand));
            default:
                var (left, right) = (Child(json, "Left"), Child(json, "Right"));
                return Expression.MakeBinary(kind, left, right, false, Operator(json, left, right));
        }
    }

    private LambdaExpression Lambda(JsonElement json)
    {
        var parameters = form.Items(json, "Parameters").Select(Parameter).ToArray();
        var body = Child(json, "Body");
        return form.OptionalType(json, "Type") is { } type ? Expression.Lambda(type, body, parameters) : Expression.Lambda(body, parameters);
    }

    private ParameterExpression Parameter(JsonElement json)
    {
        var name = form.Required(json, "Name").GetString();
        var type = form.TypeOf(json, "Type");
        if (!_parameters.TryGetValue((name, type), out var parameter))
        {
            parameter = Expression.Parameter(type, name);
            _parameters.Add((name, type), parameter);
        }

        return parameter;
    }

    private ConstantExpression Constant(JsonElement json)
    {
        var type = form.TypeOf(json, "Type");
        var value = form.Required(json, "Value");
        if (value.ValueKind == JsonValueKind.Null)
        {
            return Expression.Constant(null, type);
        }

        if (type == typeof(object) && value.ValueKind == JsonValueKind.String)
        {
            return Expression.Constant(value.GetString(), type);
        }

        return typeof(Type).IsAssignableFrom(type)
            ? Expression.Constant(form.TypeNamed(value.GetString()!), typeof(Type))
            : Expression.Constant(value.Deserialize(type, form.Options), type);
    }

    private MemberBinding Binding(JsonElement json, Type type)
    {
        var member = Member(json, type);
        var memberType = (member as PropertyInfo)?.PropertyType ?? ((FieldInfo)member).FieldType;
        return form.Choice<MemberBindingType>(json, "BindingType") switch
        {
            MemberBindingType.Assignment => Expression.Bind(member, Child(json, "Expression")),
            MemberBindingType.MemberBinding => Expression.MemberBind(member, form.Items(json, "Bindings").Select(binding => Binding(binding, memberType))),
            _ => Expression.ListBind(member, form.Items(json, "Initializers").Select(item => Initializer(item, memberType))),
        };
    }

    private ElementInit Initializer(JsonElement json, Type type)
    {
        var arguments = Expressions(json, "Arguments");
        return Expression.ElementInit(Method(json, arguments, type), arguments);
    }

    private NewExpression Creation(JsonElement json)
    {
        var type = form.TypeOf(json, "DeclaringType");
        var arguments = Expressions(json, "Arguments");
        if (type.IsValueType && arguments.Length == 0)
        {
            return Expression.New(type);
        }

        var parameters = ParameterTypes(json, arguments);
        var constructor = type.GetConstructor(MethodSearch.Any & ~BindingFlags.Static, parameters)
            ?? throw new JsonException($"Type '{type}' has no constructor ({string.Join(", ", parameters.Select(p => p.Name))}).");
        return Expression.New(constructor, arguments);
    }

    private MemberInfo Member(JsonElement json, Type? implied)
    {
        var name = form.Text(json, "Name");
        var type = form.OptionalType(json, "DeclaringType") ?? implied ?? throw new JsonException($"The type that declares '{name}' is missing.");
        return (MemberInfo?)type.GetProperty(name, MethodSearch.Any) ?? type.GetField(name, MethodSearch.Any)
            ?? throw new JsonException($"Type '{type}' has no property or field '{name}'.");
    }

    private MethodInfo? Operator(JsonElement json, params Expression[] operands) =>
        form.Has(json, "MethodName", out _) ? Method(json, operands, operands[0].Type) : null;

    private MethodInfo Method(JsonElement json, Expression[] arguments, Type? implied)
    {
        var name = form.Text(json, "MethodName");
        var type = form.OptionalType(json, "DeclaringType") ?? implied ?? throw new JsonException($"The type that declares '{name}' is missing.");
        var parameters = ParameterTypes(json, arguments);
        return form.Types(json, "GenericArguments") is { Length: > 0 } generic
            ? MethodSearch.FindGeneric(type, name, generic, parameters)
            : MethodSearch.Find(type, name, parameters) ?? MethodSearch.Infer(type, name, parameters);
    }

    private Type[] ParameterTypes(JsonElement json, Expression[] arguments) =>
        form.Has(json, "ParameterTypes", out _) ? form.Types(json, "ParameterTypes") : [.. arguments.Select(argument => argument.Type)];

    private Expression Child(JsonElement json, string name) => Read(form.Required(json, name));

    private Expression? Optional(JsonElement json, string name) => form.Has(json, name, out var value) ? Read(value) : null;

    private Expression[] Expressions(JsonElement json, string name) => [.. form.Items(json, name).Select(Read)];
}

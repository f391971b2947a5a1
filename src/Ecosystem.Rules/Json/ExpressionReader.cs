using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;

namespace Ecosystem.Rules.Json;

/// <summary>Reads expressions that <see cref="ExpressionWriter"/> wrote. A parameter is the same wherever its name occurs in one lambda.</summary>
internal sealed class ExpressionReader(ITypeResolver types, JsonSerializerOptions options)
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
    private readonly Dictionary<(string?, Type), ParameterExpression> _parameters = [];

    public LambdaExpression ReadLambda(JsonElement json) => (LambdaExpression)Read(json)!;

    public Expression? Read(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var kind = Enum.Parse<ExpressionType>(Text(json, "nodeType"));
        switch (kind)
        {
            case ExpressionType.Lambda:
                var parameters = Items(json, "parameters").Select(p => (ParameterExpression)Read(p)!).ToArray();
                return Expression.Lambda(TypeOf(json, "type"), Child(json, "body"), parameters);
            case ExpressionType.Parameter:
                return Parameter(json);
            case ExpressionType.Constant:
                return Constant(json);
            case ExpressionType.MemberAccess:
                return Expression.MakeMemberAccess(Read(json.GetProperty("expression")), Member(json.GetProperty("member")));
            case ExpressionType.Call:
                return Expression.Call(Read(json.GetProperty("object")), Method(json.GetProperty("method")), Expressions(json, "arguments"));
            case ExpressionType.Conditional:
                return Expression.Condition(Child(json, "test"), Child(json, "ifTrue"), Child(json, "ifFalse"), TypeOf(json, "type"));
            case ExpressionType.New:
                return Creation(json);
            case ExpressionType.NewArrayInit:
                return Expression.NewArrayInit(TypeOf(json, "type"), Expressions(json, "expressions"));
            case ExpressionType.NewArrayBounds:
                return Expression.NewArrayBounds(TypeOf(json, "type"), Expressions(json, "expressions"));
            case ExpressionType.MemberInit:
                return Expression.MemberInit(
                    (NewExpression)Child(json, "newExpression"),
                    Items(json, "bindings").Select(Binding));
            case ExpressionType.ListInit:
                return Expression.ListInit(
                    (NewExpression)Child(json, "newExpression"),
                    Items(json, "initializers").Select(Initializer));
            case ExpressionType.TypeIs:
                return Expression.TypeIs(Child(json, "expression"), TypeOf(json, "typeOperand"));
            case ExpressionType.Invoke:
                return Expression.Invoke(Child(json, "expression"), Expressions(json, "arguments"));
            case ExpressionType.Block:
                return Expression.Block(
                    TypeOf(json, "type"),
                    Items(json, "variables").Select(v => (ParameterExpression)Read(v)!).ToArray(),
                    Expressions(json, "expressions"));
            case ExpressionType.Default:
                return Expression.Default(TypeOf(json, "type"));
            case var _ when json.TryGetProperty("operand", out var operand):
                return Expression.MakeUnary(kind, Read(operand)!, TypeOf(json, "type"), OptionalMethod(json));
            default:
                return Expression.MakeBinary(kind, Child(json, "left"), Child(json, "right"), false, OptionalMethod(json));
        }
    }

    private ParameterExpression Parameter(JsonElement json)
    {
        var name = json.GetProperty("name").GetString();
        var type = TypeOf(json, "type");
        if (!_parameters.TryGetValue((name, type), out var parameter))
        {
            parameter = Expression.Parameter(type, name);
            _parameters.Add((name, type), parameter);
        }

        return parameter;
    }

    private ConstantExpression Constant(JsonElement json)
    {
        var type = TypeOf(json, "type");
        var value = json.GetProperty("value");
        if (value.ValueKind == JsonValueKind.Null)
        {
            return Expression.Constant(null, type);
        }

        if (type == typeof(object) && value.ValueKind == JsonValueKind.String)
        {
            return Expression.Constant(value.GetString(), type);
        }

        return typeof(Type).IsAssignableFrom(type)
            ? Expression.Constant(types.GetTypeFromName(value.GetString()!), typeof(Type))
            : Expression.Constant(value.Deserialize(type, options), type);
    }

    private MemberBinding Binding(JsonElement json)
    {
        var member = Member(json.GetProperty("member"));
        if (json.TryGetProperty("expression", out _))
        {
            return Expression.Bind(member, Child(json, "expression"));
        }

        return json.TryGetProperty("bindings", out _)
            ? Expression.MemberBind(member, Items(json, "bindings").Select(Binding))
            : Expression.ListBind(member, Items(json, "initializers").Select(Initializer));
    }

    private ElementInit Initializer(JsonElement json) =>
        Expression.ElementInit(Method(json.GetProperty("addMethod")), Expressions(json, "arguments"));

    private NewExpression Creation(JsonElement json)
    {
        var type = TypeOf(json, "type");
        var parameterTypes = Items(json, "parameterTypes").Select(p => types.GetTypeFromName(p.GetString()!)).ToArray();
        if (type.IsValueType && parameterTypes.Length == 0)
        {
            return Expression.New(type);
        }

        var constructor = type.GetConstructor(Any & ~BindingFlags.Static, parameterTypes)
            ?? throw new JsonException($"Type '{type}' has no constructor ({string.Join(", ", parameterTypes.Select(p => p.Name))}).");
        return Expression.New(constructor, Expressions(json, "arguments"));
    }

    private MemberInfo Member(JsonElement json)
    {
        var type = TypeOf(json, "declaringType");
        var name = Text(json, "name");
        return (MemberInfo?)type.GetProperty(name, Any) ?? type.GetField(name, Any)
            ?? throw new JsonException($"Type '{type}' has no property or field '{name}'.");
    }

    private MethodInfo? OptionalMethod(JsonElement json) => json.TryGetProperty("method", out var method) ? Method(method) : null;

    private MethodInfo Method(JsonElement json)
    {
        var type = TypeOf(json, "declaringType");
        var name = Text(json, "name");
        var generic = Items(json, "genericArguments").Select(a => types.GetTypeFromName(a.GetString()!)).ToArray();
        var parameters = Items(json, "parameterTypes").Select(p => types.GetTypeFromName(p.GetString()!)).ToArray();
        foreach (var candidate in type.GetMethods(Any).Where(m => m.Name == name))
        {
            if (candidate.IsGenericMethodDefinition != generic.Length > 0
                || (generic.Length > 0 && candidate.GetGenericArguments().Length != generic.Length))
            {
                continue;
            }

            MethodInfo method;
            try
            {
                method = generic.Length > 0 ? candidate.MakeGenericMethod(generic) : candidate;
            }
            catch (ArgumentException)
            {
                continue;
            }

            if (method.GetParameters().Select(p => p.ParameterType).SequenceEqual(parameters))
            {
                return method;
            }
        }

        throw new JsonException($"Type '{type}' has no method '{name}({string.Join(", ", parameters.Select(p => p.Name))})'.");
    }

    private Expression Child(JsonElement json, string name) => Read(json.GetProperty(name))
        ?? throw new JsonException($"Expression '{name}' must not be null.");

    private Expression[] Expressions(JsonElement json, string name) => [.. Items(json, name).Select(e => Read(e)!)];

    private Type TypeOf(JsonElement json, string name) => types.GetTypeFromName(Text(json, name));

    private static IEnumerable<JsonElement> Items(JsonElement json, string name) =>
        json.TryGetProperty(name, out var items) ? items.EnumerateArray() : Enumerable.Empty<JsonElement>();

    private static string Text(JsonElement json, string name) => json.TryGetProperty(name, out var value)
        ? value.GetString()!
        : throw new JsonException($"Property '{name}' is missing in an expression.");
}

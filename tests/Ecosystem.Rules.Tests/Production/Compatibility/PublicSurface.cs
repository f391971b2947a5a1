using System.Reflection;

namespace Ecosystem.Rules.Tests.Production.Compatibility;

/// <summary>Writes down what the public types of assemblies offer, a line for each type and each member that another assembly can use.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Lines(IEnumerable<Type> types) => types.SelectMany(Lines).Order(StringComparer.Ordinal).Distinct();

    /// <summary>Members of a type, those it inherits within its assembly included, as <c>Type: member</c>.</summary>
    private static IEnumerable<string> Lines(Type type)
    {
        yield return $"{Kind(type)} {FullName(type)}";
        for (var owner = type; owner is not null && owner.Assembly == type.Assembly; owner = owner.BaseType)
        {
            foreach (var member in owner.GetMembers(Declared))
            {
                if ((owner == type || member is not ConstructorInfo) && Describe(member) is { } text)
                {
                    yield return $"{FullName(type)}: {text}";
                }
            }
        }
    }

    private static string Kind(Type type) => type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : "class";

    private static string FullName(Type type) => type.FullName!.Split('`')[0].Replace("Ecosystem.Rules", "NRules", StringComparison.Ordinal);

    private static string? Describe(MemberInfo member) => member switch
    {
        MethodInfo method when IsVisible(method) && !method.IsSpecialName && method.DeclaringType!.Assembly == method.GetBaseDefinition().DeclaringType!.Assembly =>
            $"{Static(method)}{Name(method.ReturnType)} {method.Name}{Generic(method)}({Parameters(method)})",
        ConstructorInfo constructor when IsVisible(constructor) && !constructor.IsStatic => $"new({Parameters(constructor)})",
        PropertyInfo property when IsVisible(property.GetMethod) && property.GetMethod!.GetBaseDefinition().DeclaringType!.Assembly == property.DeclaringType!.Assembly =>
            $"{Static(property.GetMethod!)}{Name(property.PropertyType)} {property.Name} {(IsVisible(property.SetMethod) ? "get set" : "get")}",
        FieldInfo { IsPublic: true, IsLiteral: true } constant => $"const {constant.Name} = {constant.GetRawConstantValue()}",
        EventInfo raised => $"event {Name(raised.EventHandlerType!)} {raised.Name}",
        _ => null,
    };

    private static bool IsVisible(MethodBase? method) => method is { IsPublic: true } or { IsFamily: true } or { IsFamilyOrAssembly: true };

    private static string Static(MethodBase method) => method.IsStatic ? "static " : string.Empty;

    private static string Generic(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(",", method.GetGenericArguments().Select(Name))}>" : string.Empty;

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(p =>
        $"{(p.IsDefined(typeof(ParamArrayAttribute)) ? "params " : string.Empty)}{Name(p.ParameterType)} {p.Name}{(p.HasDefaultValue ? $" = {p.DefaultValue ?? "null"}" : string.Empty)}"));

    private static string Name(Type type)
    {
        if (type.IsByRef || type.IsArray)
        {
            return Name(type.GetElementType()!) + (type.IsByRef ? "&" : "[]");
        }

        var name = type.Name.Split('`')[0];
        return type.IsGenericType ? $"{name}<{string.Join(",", type.GetGenericArguments().Select(Name))}>" : name;
    }
}

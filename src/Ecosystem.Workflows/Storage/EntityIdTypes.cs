namespace Ecosystem.Workflows.Storage;

/// <summary>The id types of this assembly, found once.</summary>
internal static class EntityIdTypes
{
    public static IReadOnlyList<Type> All { get; } =
    [
        .. typeof(EntityIdTypes).Assembly.GetTypes().Where(type => type.IsValueType
            && Array.Exists(type.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEntityId<>))),
    ];
}

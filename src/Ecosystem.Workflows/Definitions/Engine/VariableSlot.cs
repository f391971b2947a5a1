namespace Ecosystem.Workflows.Definitions;

/// <summary>A variable with its value, in the scope of one activity instance.</summary>
internal sealed class VariableSlot(string id, string name, string? typeName, object? value)
{
    internal string Id { get; } = id;

    internal string Name { get; } = name;

    internal string? TypeName { get; } = typeName;

    internal object? Value { get; private set; } = value;

    internal void Set(object? value) => Value = Values.ConvertTo(value, TypeName);
}

namespace Ecosystem.Designer.Elsa;

/// <summary>An output of an activity type.</summary>
internal sealed record OutputDescriptor
{
    /// <summary>Name; definitions use it with a small first letter.</summary>
    public required string Name { get; init; }

    /// <summary>Alias of its type.</summary>
    public string TypeName { get; init; } = "Object";

    /// <summary>Label.</summary>
    public required string DisplayName { get; init; }

    /// <summary>What it is.</summary>
    public string? Description { get; init; }

    /// <summary>Whether the property editor shows it.</summary>
    public bool IsBrowsable { get; init; } = true;
}

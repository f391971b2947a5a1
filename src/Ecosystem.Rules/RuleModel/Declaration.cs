namespace Ecosystem.Rules.RuleModel;

/// <summary>A named and typed variable of a rule, as a pattern, binding or dependency declares it. Declarations are equal if name and type are.</summary>
public sealed class Declaration : IEquatable<Declaration>
{
    /// <summary>Creates a declaration.</summary>
    /// <param name="type">Type of the value.</param>
    /// <param name="name">Name by which expressions refer to it.</param>
    public Declaration(Type type, string name)
    {
        Type = type ?? throw new ArgumentNullException(nameof(type));
        Name = name ?? throw new ArgumentNullException(nameof(name));
    }

    /// <summary>Name by which expressions refer to the value.</summary>
    public string Name { get; }

    /// <summary>Type of the value.</summary>
    public Type Type { get; }

    /// <summary>Element that produces the value, once it is part of a rule.</summary>
    public RuleElement? Target { get; internal set; }

    /// <inheritdoc/>
    public bool Equals(Declaration? other) => other is not null && Name == other.Name && Type == other.Type;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Declaration);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Type);

    /// <inheritdoc/>
    public override string ToString() => $"{Type.Name} {Name}";
}

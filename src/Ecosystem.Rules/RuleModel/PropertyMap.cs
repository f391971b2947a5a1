using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Ecosystem.Rules.RuleModel;

/// <summary>Properties of a rule by name, in the order they were given.</summary>
public class PropertyMap : IReadOnlyCollection<RuleProperty>
{
    private readonly Dictionary<string, RuleProperty> _properties = [];

    /// <summary>Creates a map.</summary>
    /// <param name="properties">Properties; names must differ.</param>
    public PropertyMap(IEnumerable<RuleProperty> properties)
    {
        foreach (var property in properties)
        {
            if (!_properties.TryAdd(property.Name, property))
            {
                throw new ArgumentException($"Duplicate rule property. Name={property.Name}", nameof(properties));
            }
        }
    }

    /// <summary>Number of properties.</summary>
    public int Count => _properties.Count;

    /// <summary>Value of a property.</summary>
    /// <param name="name">Name of the property.</param>
    /// <exception cref="ArgumentException">The rule has no such property.</exception>
    public object this[string name] => _properties.TryGetValue(name, out var property)
        ? property.Value
        : throw new ArgumentException($"Rule property is not defined. Name={name}", nameof(name));

    /// <summary>Tells whether the rule has a property.</summary>
    /// <param name="name">Name of the property.</param>
    /// <returns>Whether it exists.</returns>
    public bool Contains(string name) => _properties.ContainsKey(name);

    /// <summary>Finds the value of a property.</summary>
    /// <param name="name">Name of the property.</param>
    /// <param name="value">Its value, or null.</param>
    /// <returns>Whether it exists.</returns>
    public bool TryGet(string name, out object? value)
    {
        var found = _properties.TryGetValue(name, out var property);
        value = property?.Value;
        return found;
    }

    /// <summary>Finds a property.</summary>
    /// <param name="name">Name of the property.</param>
    /// <param name="property">The property, or null.</param>
    /// <returns>Whether it exists.</returns>
    public bool TryGetProperty(string name, [NotNullWhen(true)] out RuleProperty? property) => _properties.TryGetValue(name, out property);

    /// <inheritdoc/>
    public IEnumerator<RuleProperty> GetEnumerator() => _properties.Values.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

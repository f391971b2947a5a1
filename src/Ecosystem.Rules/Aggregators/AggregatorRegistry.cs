namespace Ecosystem.Rules.Aggregators;

/// <summary>Factories of custom aggregations by name.</summary>
public class AggregatorRegistry
{
    private readonly Dictionary<string, Type> _factories = [];

    /// <summary>Registers a factory.</summary>
    /// <param name="name">Name of the aggregation.</param>
    /// <param name="factoryType">Type of the factory; it has a parameterless constructor.</param>
    /// <exception cref="ArgumentException">The type is not a factory, or the name is taken.</exception>
    public void RegisterFactory(string name, Type factoryType)
    {
        if (!typeof(IAggregatorFactory).IsAssignableFrom(factoryType))
        {
            throw new ArgumentException($"Aggregator factory must implement {typeof(IAggregatorFactory)}. Type={factoryType}", nameof(factoryType));
        }

        if (!_factories.TryAdd(name, factoryType))
        {
            throw new ArgumentException($"Custom aggregator already registered. Name={name}", nameof(name));
        }
    }

    /// <summary>Finds a factory.</summary>
    /// <param name="name">Name of the aggregation.</param>
    /// <returns>Type of the factory, or null.</returns>
    public Type? this[string name] => _factories.GetValueOrDefault(name);
}

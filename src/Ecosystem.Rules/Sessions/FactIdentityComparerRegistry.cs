using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules;

/// <summary>Comparers that tell facts apart. Register before compiling.</summary>
public class FactIdentityComparerRegistry
{
    private readonly Dictionary<Type, IEqualityComparer<object>> _comparers = [];

    /// <summary>Comparer for types without one of their own. By default it asks <see cref="IIdentityProvider"/> or <see cref="object.Equals(object)"/>.</summary>
    public IEqualityComparer<object> DefaultFactIdentityComparer { get; set; } = new DefaultFactIdentityComparer();

    /// <summary>Registers the comparer of a type.</summary>
    /// <typeparam name="TFact">Type of fact; derived types are not affected.</typeparam>
    /// <param name="comparer">Comparer.</param>
    public void RegisterComparer<TFact>(IEqualityComparer<TFact> comparer) => _comparers[typeof(TFact)] = new Untyped<TFact>(comparer);

    internal bool IsDefault => _comparers.Count == 0 && DefaultFactIdentityComparer is DefaultFactIdentityComparer;

    internal IFactIdentityComparer Build() =>
        new FactIdentityComparer(DefaultFactIdentityComparer, new Dictionary<Type, IEqualityComparer<object>>(_comparers));

    private sealed class Untyped<TFact>(IEqualityComparer<TFact> comparer) : IEqualityComparer<object>
    {
        public new bool Equals(object? x, object? y) => comparer.Equals((TFact?)x, (TFact?)y);

        public int GetHashCode(object obj) => comparer.GetHashCode((TFact)obj);
    }
}

namespace Ecosystem.Rules;

internal sealed class FactIdentityComparer(
    IEqualityComparer<object> defaultComparer, IReadOnlyDictionary<Type, IEqualityComparer<object>> custom) : IFactIdentityComparer
{
    private readonly IEqualityComparer<object> _default = defaultComparer;
    private readonly IReadOnlyDictionary<Type, IEqualityComparer<object>>? _custom = custom.Count == 0 ? null : custom;

    public new bool Equals(object? x, object? y) =>
        ReferenceEquals(x, y) || (x is not null && y is not null && x.GetType() == y.GetType() && For(x).Equals(x, y));

    public int GetHashCode(object obj) => obj is null ? 0 : For(obj).GetHashCode(obj);

    public IEqualityComparer<TFact> GetComparer<TFact>() => new Typed<TFact>(this);

    private IEqualityComparer<object> For(object fact) =>
        _custom is not null && _custom.TryGetValue(fact.GetType(), out var comparer) ? comparer : _default;

    private sealed class Typed<TFact>(FactIdentityComparer comparer) : IEqualityComparer<TFact>
    {
        public bool Equals(TFact? x, TFact? y) => comparer.Equals(x, y);

        public int GetHashCode(TFact obj) => comparer.GetHashCode(obj!);
    }
}

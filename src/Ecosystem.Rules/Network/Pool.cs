namespace Ecosystem.Rules.Network;

/// <summary>Objects of a session that are not in use. Propagation nests, so there may be several.</summary>
internal struct Pool<T>
    where T : class, IPoolable<T>
{
    private T?[]? _free;
    private int _count;

    public T Rent() => _count > 0 ? _free![--_count]! : T.Create();

    public void Return(T item)
    {
        item.Clear();
        _free ??= new T?[8];
        if (_count < _free.Length)
        {
            _free[_count++] = item;
        }
    }
}

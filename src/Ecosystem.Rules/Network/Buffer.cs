using System.Buffers;
using System.Runtime.CompilerServices;

namespace Ecosystem.Rules.Network;

/// <summary>A list that is reused; see <see cref="Pool{T}"/>. Arrays that are not small come from and go back to the pool of all sessions.</summary>
internal sealed class Buffer<T> : IPoolable<Buffer<T>>
{
    private const int Small = 64;
    private T[] _items = [];

    public int Count { get; private set; }

    public Span<T> Span => _items.AsSpan(0, Count);

    public T this[int index] => _items[index];

    public static Buffer<T> Create() => new();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(T item)
    {
        var items = _items;
        var count = Count;
        if ((uint)count < (uint)items.Length)
        {
            items[count] = item;
            Count = count + 1;
        }
        else
        {
            Grow(item);
        }
    }

    public void EnsureCapacity(int capacity)
    {
        if (_items.Length < capacity)
        {
            Resize(capacity);
        }
    }

    public void Clear()
    {
        Array.Clear(_items, 0, Count);
        Count = 0;
        if (_items.Length > Small)
        {
            ArrayPool<T>.Shared.Return(_items);
            _items = [];
        }
    }

    /// <summary>Drops items at the end.</summary>
    /// <param name="count">How many items to keep.</param>
    public void Shorten(int count)
    {
        Array.Clear(_items, count, Count - count);
        Count = count;
    }

    private void Grow(T item)
    {
        Resize(Math.Max(16, _items.Length * 2));
        _items[Count++] = item;
    }

    private void Resize(int capacity)
    {
        var old = _items;
        _items = capacity > Small ? ArrayPool<T>.Shared.Rent(capacity) : new T[capacity];
        Array.Copy(old, _items, Count);
        if (old.Length > Small)
        {
            Array.Clear(old, 0, Count);
            ArrayPool<T>.Shared.Return(old);
        }
    }
}

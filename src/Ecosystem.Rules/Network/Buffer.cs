using System.Runtime.CompilerServices;

namespace Ecosystem.Rules.Network;

/// <summary>A list that is reused; see <see cref="Pool{T}"/>.</summary>
internal sealed class Buffer<T> : IClearable
{
    private T[] _items = new T[16];

    public int Count { get; private set; }

    public Span<T> Span => _items.AsSpan(0, Count);

    public T this[int index] => _items[index];

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
            Array.Resize(ref _items, capacity);
        }
    }

    public void Clear()
    {
        if (_items.Length > 4096)
        {
            _items = new T[16];
        }
        else
        {
            Array.Clear(_items, 0, Count);
        }

        Count = 0;
    }

    private void Grow(T item)
    {
        Array.Resize(ref _items, _items.Length * 2);
        _items[Count++] = item;
    }
}

using System.Collections;

namespace Ecosystem.Rules.Feel;

/// <summary>A FEEL list; read from outside as a list of CLR values. Lists that only grew from one another may share a buffer.</summary>
internal sealed class FeelList : FeelObject, IReadOnlyList<object?>
{
    public static readonly FeelList Empty = new([]);
    private readonly FeelValue[] _buffer;

    public FeelList(FeelValue[] items)
        : this(items, items.Length, FeelSize.Of(items))
    {
    }

    public FeelList(FeelValue[] buffer, int count, FeelSize size)
        : base(FeelKind.List)
    {
        _buffer = buffer;
        Count = count;
        (Weight, Height) = size.Around();
    }

    public ReadOnlySpan<FeelValue> Items => _buffer.AsSpan(0, Count);

    public int Count { get; }

    internal override long Weight { get; }

    internal override int Height { get; }

    public object? this[int index] => FeelBoundary.ToClr(Items[index]);

    public IEnumerable<FeelValue> AsEnumerable() => _buffer.Take(Count);

    public IEnumerator<object?> GetEnumerator() => AsEnumerable().Select(FeelBoundary.ToClr).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => FeelText.Literal(FeelValue.Of(this));
}

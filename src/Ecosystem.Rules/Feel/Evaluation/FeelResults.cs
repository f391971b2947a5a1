namespace Ecosystem.Rules.Feel;

/// <summary>The growing results of a loop, whose earlier states stay readable.</summary>
internal sealed class FeelResults
{
    private FeelValue[] _buffer = new FeelValue[4];
    private int _count;
    private FeelSize _size;

    public void Add(FeelValue value)
    {
        if (_count == _buffer.Length)
        {
            var grown = new FeelValue[_count * 2];
            Array.Copy(_buffer, grown, _count);
            _buffer = grown;
        }

        _buffer[_count++] = value;
        _size.Add(value);
    }

    /// <summary>The results so far.</summary>
    public FeelList ToList() => new(_buffer, _count, _size);
}

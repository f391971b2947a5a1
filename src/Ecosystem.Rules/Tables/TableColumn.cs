using System.Numerics;
using Ecosystem.Rules.Feel;

namespace Ecosystem.Rules.Tables;

/// <summary>
/// An input column with its index. The constants of the cells cut the order of values into segments: below the first constant, the first
/// constant, between it and the second, and so on; last comes null. Each cell is a set of segments, and every bucket of segments has the set of
/// rows that may match in it. Cells that are not constant tests are marked opaque and run.
/// </summary>
internal sealed class TableColumn
{
    private const int MaxBuckets = 512;
    private readonly FeelKind _kind;
    private readonly FeelValue[] _constants;
    private readonly decimal[]? _numbers;
    private readonly Dictionary<string, int>? _texts;
    private readonly ulong[][] _rows;
    private readonly ulong[][]? _summary;
    private readonly int _bucketShift;
    private readonly SegmentSet[] _cells;

    private TableColumn(FeelKind kind, FeelValue[] constants, SegmentSet[] cells, bool anyOpaque)
    {
        _kind = kind;
        _constants = constants;
        _cells = cells;
        HasOpaque = anyOpaque;
        if (kind == FeelKind.Number)
        {
            _numbers = Array.ConvertAll(constants, c => c.Number);
        }
        else if (kind == FeelKind.String)
        {
            _texts = constants.Select((c, i) => (c.Text, i)).ToDictionary(c => c.Text!, c => c.i, StringComparer.Ordinal);
        }

        var segments = Segments;
        while (segments >> _bucketShift > MaxBuckets)
        {
            _bucketShift++;
        }

        Exact = _bucketShift == 0 && !anyOpaque;
        var buckets = ((segments - 1) >> _bucketShift) + 1;
        var words = (cells.Length + 63) >> 6;
        _rows = new ulong[buckets][];
        for (var i = 0; i < buckets; i++)
        {
            _rows[i] = new ulong[words];
        }

        for (var row = 0; row < cells.Length; row++)
        {
            foreach (var (from, to) in cells[row].Ranges)
            {
                for (var bucket = from >> _bucketShift; bucket <= to >> _bucketShift; bucket++)
                {
                    _rows[bucket][row >> 6] |= 1UL << (row & 63);
                }
            }
        }

        if (words > 4)
        {
            _summary = Array.ConvertAll(_rows, Summarize);
        }
    }

    /// <summary>Whether the rows of a segment are known without looking at any cell again.</summary>
    public bool Exact { get; }

    public bool HasOpaque { get; }

    /// <summary>Kind of the constants; null when no cell has one.</summary>
    public FeelKind Kind => _kind;

    /// <summary>The constants of the cells, in order.</summary>
    public IReadOnlyList<FeelValue> Constants => _constants;

    /// <summary>Number of segments; the last is that of null.</summary>
    public int Segments => (_constants.Length * 2) + 2;

    /// <summary>Segments in which a row's cell is true; meaningless where it is opaque.</summary>
    public SegmentSet Cell(int row) => _cells[row];

    /// <summary>Builds the index over the cells of one column.</summary>
    public static TableColumn Build(IReadOnlyList<FeelTestSet> cells)
    {
        var constants = new List<FeelValue>();
        FeelKind? kind = null;
        var usable = new bool[cells.Count];
        for (var i = 0; i < cells.Count; i++)
        {
            var found = new List<FeelValue>();
            usable[i] = cells[i].TryConstants(found) && found.TrueForAll(c => c.Kind == (kind ?? c.Kind));
            if (usable[i] && found.Count > 0 && found.TrueForAll(c => c.Kind == found[0].Kind))
            {
                kind ??= found[0].Kind;
                constants.AddRange(found);
            }
            else
            {
                usable[i] &= found.Count == 0;
            }
        }

        var sorted = Sort(constants);
        var segments = new SegmentSet[cells.Count];
        for (var i = 0; i < cells.Count; i++)
        {
            segments[i] = usable[i] ? cells[i].ToSegments(sorted) : SegmentSet.Opaque((sorted.Length * 2) + 2);
        }

        return new TableColumn(kind ?? FeelKind.Null, sorted, segments, Array.Exists(usable, u => !u));
    }

    /// <summary>Segment of a value; -1 when the value is of a kind the constants are not of.</summary>
    public int Segment(FeelValue value)
    {
        if (value.IsNull)
        {
            return Segments - 1;
        }

        if (_constants.Length == 0)
        {
            return 0;
        }

        if (_numbers is not null)
        {
            return value.IsNumber ? Search(_numbers, value.Number) : -1;
        }

        if (value.Kind != _kind)
        {
            return -1;
        }

        return _texts is not null && _texts.TryGetValue(value.Text!, out var index) ? (index * 2) + 1 : Search(value);
    }

    public ulong[] Rows(int segment) => _rows[segment >> _bucketShift];

    public ulong[]? Summary(int segment) => _summary?[segment >> _bucketShift];

    private static int Search(decimal[] numbers, decimal value)
    {
        var low = 0;
        var high = numbers.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >> 1;
            var order = numbers[middle].CompareTo(value);
            if (order == 0)
            {
                return (middle * 2) + 1;
            }

            if (order < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low * 2;
    }

    private int Search(FeelValue value)
    {
        var low = 0;
        var high = _constants.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >> 1;
            var order = FeelTestSet.Order(_constants[middle], value);
            if (order == 0)
            {
                return (middle * 2) + 1;
            }

            if (order < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low * 2;
    }

    private static FeelValue[] Sort(List<FeelValue> constants)
    {
        constants.Sort(FeelTestSet.Order);
        var distinct = new List<FeelValue>(constants.Count);
        foreach (var constant in constants)
        {
            if (distinct.Count == 0 || FeelTestSet.Order(distinct[^1], constant) != 0)
            {
                distinct.Add(constant);
            }
        }

        return [.. distinct];
    }

    private static ulong[] Summarize(ulong[] words)
    {
        var summary = new ulong[(words.Length + 63) >> 6];
        for (var i = 0; i < words.Length; i++)
        {
            summary[i >> 6] |= words[i] != 0 ? 1UL << (i & 63) : 0;
        }

        return summary;
    }
}

/// <summary>Segments in which a cell is true, as ascending ranges that do not touch.</summary>
internal sealed class SegmentSet(IReadOnlyList<(int From, int To)> ranges, bool opaque = false)
{
    private readonly (int From, int To)[] _ranges = [.. ranges];

    public ReadOnlySpan<(int From, int To)> Ranges => _ranges;

    /// <summary>Whether the cell must be run to know.</summary>
    public bool IsOpaque => opaque;

    public static SegmentSet Opaque(int segments) => new([(0, segments - 1)], opaque: true);

    /// <summary>Ranges in order, those that meet or touch made one; a range that ends before it begins holds nothing.</summary>
    public static List<(int From, int To)> Merge(List<(int From, int To)> ranges)
    {
        ranges.Sort();
        var merged = new List<(int From, int To)>(ranges.Count);
        foreach (var range in ranges.Where(r => r.From <= r.To))
        {
            if (merged.Count > 0 && range.From <= merged[^1].To + 1)
            {
                merged[^1] = (merged[^1].From, Math.Max(merged[^1].To, range.To));
            }
            else
            {
                merged.Add(range);
            }
        }

        return merged;
    }

    /// <summary>The segments from 0 to the last one that merged ranges leave out.</summary>
    public static List<(int From, int To)> Others(List<(int From, int To)> ranges, int last)
    {
        var others = new List<(int From, int To)>(ranges.Count + 1);
        var next = 0;
        foreach (var (from, to) in ranges)
        {
            others.Add((next, from - 1));
            next = to + 1;
        }

        others.Add((next, last));
        return Merge(others);
    }

    public bool Contains(int segment)
    {
        foreach (var (from, to) in _ranges)
        {
            if (segment >= from && segment <= to)
            {
                return true;
            }
        }

        return false;
    }

    public int Count => _ranges.Sum(r => r.To - r.From + 1);

    public override string ToString() => string.Join(' ', _ranges.Select(r => $"{r.From}-{r.To}")) + (opaque ? "?" : "") + BitOperations.PopCount((uint)_ranges.Length);
}

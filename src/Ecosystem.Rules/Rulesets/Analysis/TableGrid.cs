using System.Globalization;
using System.Numerics;
using Ecosystem.Rules.Feel;
using Ecosystem.Rules.Tables;

namespace Ecosystem.Rules.Rulesets;

/// <summary>
/// A table as a finite grid: the constants of its cells cut every column into segments, and within one combination of segments the same
/// rows apply. Questions about gaps, overlaps and shadows become questions about this grid.
/// </summary>
internal sealed class TableGrid
{
    private const long MostWork = 200_000_000;
    private const long MostWorkOfOne = 40_000_000;
    private const int MostRemembered = 1_000_000;
    private readonly TableSection _section;
    private readonly Axis[] _axes;
    private long _work = MostWork;

    public TableGrid(TableSection section, DecisionTable table, NameScope scope)
    {
        _section = section;
        _axes = [.. section.Inputs.Select((input, i) => new Axis(input.Key, table.Columns[i], scope.FieldAt(input.Value.Text)))];
    }

    public IReadOnlyList<Axis> Axes => _axes;

    public int Rows => _section.Rows.Count;

    /// <summary>Whether some combination lies in both rows; rows with cells that must be run are never said to overlap.</summary>
    public int[]? Overlap(int a, int b)
    {
        var point = new int[_axes.Length];
        for (int i = 0; i < _axes.Length; i++)
        {
            if (_axes[i].IsOpaque(a) || _axes[i].IsOpaque(b))
            {
                return null;
            }

            point[i] = _axes[i].Common(a, b);
            if (point[i] < 0)
            {
                return null;
            }
        }

        return point;
    }

    /// <summary>The column that keeps a row from ever applying; null when none does.</summary>
    public Axis? Impossible(int row) => Array.Find(_axes, axis => !axis.IsOpaque(row) && axis.Common(row, row) < 0);

    /// <summary>Combinations to which none of the rows applies.</summary>
    /// <param name="rows">The rows that count.</param>
    /// <param name="within">Looks only inside this row; -1 for the whole grid.</param>
    /// <param name="opaqueMatches">Whether a cell that must be run counts as applying.</param>
    /// <param name="most">Stops after so many.</param>
    /// <param name="complete">False when the search was given up because the table is too large.</param>
    public IReadOnlyList<IReadOnlyList<IReadOnlyList<int>>> Uncovered(IReadOnlyList<int> rows, int within, bool opaqueMatches, int most, out bool complete)
    {
        var search = new Search(_axes, within, opaqueMatches, most, Math.Min(_work, MostWorkOfOne));
        long before = search.Work;
        search.Run(0, [.. rows], []);
        _work -= before - search.Work;
        complete = search.Work > 0;
        return search.Found;
    }

    public string Describe(IReadOnlyList<IReadOnlyList<int>> box)
    {
        var parts = new List<string>();
        for (int i = 0; i < box.Count; i++)
        {
            if (box[i].Count < _axes[i].Domain.Count)
            {
                parts.Add(_axes[i].Describe(box[i]));
            }
        }

        return parts.Count == 0 ? "ever" : $"when {string.Join(" and ", parts)}";
    }

    public string DescribePoint(int[] point) => string.Join(" and ", point.Select((segment, i) => (_axes[i], segment)).Where(p => p.Item1.Asks).Select(p => p.Item1.Describe([p.segment])));

    /// <summary>One input column.</summary>
    internal sealed class Axis
    {
        private readonly TableColumn _column;
        private readonly RulesetField? _field;
        private readonly Dictionary<int, List<string>> _texts = [];

        public Axis(string name, TableColumn column, RulesetField? field)
        {
            Name = name;
            _column = column;
            _field = field;
            Domain = [.. FindDomain().Distinct().Order()];
        }

        public string Name { get; }

        /// <summary>Whether the column is an input itself, so that every combination is possible.</summary>
        public bool IsPlain => _field is not null;

        public IReadOnlyList<int> Domain { get; }

        /// <summary>Whether any cell of the column asks for something.</summary>
        public bool Asks => _column.Constants.Count > 0;

        public bool IsOpaque(int row) => _column.Cell(row).IsOpaque;

        public bool Contains(int row, int segment) => _column.Cell(row).Contains(segment);

        public bool IsAny(int row) => !IsOpaque(row) && Domain.All(s => Contains(row, s));

        public int Common(int a, int b)
        {
            foreach (int segment in Domain)
            {
                if (Contains(a, segment) && Contains(b, segment))
                {
                    return segment;
                }
            }

            return -1;
        }

        public string Describe(IReadOnlyList<int> segments)
        {
            if (_texts.Count > 0)
            {
                return $"{Name} is {string.Join(" or ", segments.SelectMany(s => s == Null ? ["not given"] : _texts.TryGetValue(s, out List<string>? texts) ? texts : ["another"]))}";
            }

            var parts = new List<string>();
            for (int i = 0; i < segments.Count; i++)
            {
                int from = segments[i];
                while (_column.Kind != FeelKind.String && i + 1 < segments.Count && segments[i + 1] == segments[i] + 1 && segments[i + 1] != Null)
                {
                    i++;
                }

                parts.Add(Range(from, segments[i]));
            }

            return $"{Name} is {string.Join(" or ", parts)}";
        }

        private int Null => _column.Segments - 1;

        private string Range(int from, int to)
        {
            if (from == Null)
            {
                return "not given";
            }

            if (_column.Constants.Count == 0)
            {
                return "anything";
            }

            if (from == to && from % 2 == 1)
            {
                return Constant(from);
            }

            if (_column.Kind == FeelKind.String)
            {
                return "another text";
            }

            string low = from == 0 ? "" : from % 2 == 1 ? $"at least {Constant(from)}" : $"over {Constant(from - 1)}";
            int last = _column.Segments - 2;
            string high = to == last ? "" : to % 2 == 1 ? $"at most {Constant(to)}" : $"under {Constant(to + 1)}";
            return low.Length == 0 ? high.Length == 0 ? "anything" : high : high.Length == 0 ? low : $"{low} and {high}";
        }

        private string Constant(int segment) => PlainWords.Of(FeelBoundary.ToClr(_column.Constants[segment / 2]));

        private IEnumerable<int> FindDomain()
        {
            if (_field is { Required: false, HasDefault: false })
            {
                yield return Null;
            }

            if (_column.Kind == FeelKind.Boolean || _field?.Type.Kind == RulesetTypeKind.Boolean)
            {
                foreach ((FeelValue value, string text) in new[] { (FeelValue.True, "yes"), (FeelValue.False, "no") })
                {
                    yield return Text(_column.Segment(value), text);
                }
            }
            else if (_field is { OneOf.Count: > 0 } listed && _column.Kind is FeelKind.String)
            {
                foreach (string text in listed.OneOf)
                {
                    yield return Text(_column.Segment(FeelValue.Of(text)), text);
                }
            }
            else
            {
                int first = _column.Kind == FeelKind.Number && _field?.Min is { } min ? _column.Segment(FeelValue.Of(min)) : 0;
                int last = _column.Kind == FeelKind.Number && _field?.Max is { } max ? _column.Segment(FeelValue.Of(max)) : _column.Segments - 2;
                for (int segment = first; segment <= last; segment++)
                {
                    yield return segment;
                }
            }
        }

        private int Text(int segment, string text)
        {
            if (segment < 0)
            {
                return 0;
            }

            if (!_texts.TryGetValue(segment, out List<string>? texts))
            {
                _texts[segment] = texts = [];
            }

            texts.Add(text);
            return segment;
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} ({Domain.Count})");
    }

    /// <summary>Walks the columns; combinations already known to be covered are not walked again.</summary>
    private sealed class Search(Axis[] axes, int within, bool opaqueMatches, int most, long work)
    {
        private readonly HashSet<(int Depth, UInt128 Rows)> _covered = [];

        /// <summary>Comparisons of a row with a segment that may still be made.</summary>
        public long Work { get; private set; } = work;

        public List<IReadOnlyList<IReadOnlyList<int>>> Found { get; } = [];

        public void Run(int depth, List<int> rows, List<IReadOnlyList<int>> box)
        {
            Work -= 1 + (rows.Count * (axes.Length - depth));
            if (Found.Count >= most || Work <= 0)
            {
                return;
            }

            if (rows.Count == 0)
            {
                Found.Add([.. box, .. axes.Skip(depth).Select(Segments)]);
                return;
            }

            if (depth == axes.Length || rows.Exists(r => AcceptsRest(r, depth)))
            {
                return;
            }

            (int Depth, UInt128 Rows) key = (depth, Hash(rows));
            if (_covered.Contains(key))
            {
                return;
            }

            int before = Found.Count;
            Work -= (long)rows.Count * axes[depth].Domain.Count;
            if (Work <= 0)
            {
                return;
            }

            foreach (IGrouping<UInt128, (int Segment, List<int> Rows)> group in Segments(axes[depth]).Select(s => (s, rows.FindAll(r => Matches(r, depth, s)))).GroupBy(g => Hash(g.Item2)))
            {
                Run(depth + 1, group.First().Rows, [.. box, [.. group.Select(g => g.Segment)]]);
            }

            if (Found.Count == before && Work > 0 && _covered.Count < MostRemembered)
            {
                _covered.Add(key);
            }
        }

        /// <summary>Stands for a set of rows; that two sets have the same 128 bits does not happen.</summary>
        private static UInt128 Hash(List<int> rows)
        {
            (ulong high, ulong low) = (0x9E3779B97F4A7C15, 0xD1B54A32D192ED03);
            foreach (int row in rows)
            {
                high = (BitOperations.RotateLeft(high, 23) ^ (ulong)row) * 0xC2B2AE3D27D4EB4F;
                low = (BitOperations.RotateLeft(low, 31) + (ulong)row) * 0x165667B19E3779F9;
            }

            return new UInt128(high, low);
        }

        private IReadOnlyList<int> Segments(Axis axis) => within < 0 || axis.IsOpaque(within) ? axis.Domain : [.. axis.Domain.Where(s => axis.Contains(within, s))];

        private bool Matches(int row, int depth, int segment) => axes[depth].IsOpaque(row) ? opaqueMatches : axes[depth].Contains(row, segment);

        private bool AcceptsRest(int row, int depth)
        {
            for (int i = depth; i < axes.Length; i++)
            {
                if (axes[i].IsOpaque(row) ? !opaqueMatches : !axes[i].IsAny(row))
                {
                    return false;
                }
            }

            return true;
        }
    }
}

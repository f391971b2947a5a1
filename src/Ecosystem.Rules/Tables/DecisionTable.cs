using System.Numerics;
using Ecosystem.Rules.Feel;

namespace Ecosystem.Rules.Tables;

/// <summary>
/// A decision table, compiled once: every hit policy, several outputs, defaults, allowed values. Matching rows are found through an index on
/// constants, so that the cost hardly grows with the number of rows. Immutable and thread-safe.
/// </summary>
public sealed partial class DecisionTable
{
    private readonly FeelOptions _options;
    private readonly FeelCode[] _inputs;
    private readonly FeelTestSet?[] _inputAllowed;
    private readonly FeelTestSet[][] _cells;
    private readonly TableColumn[] _columns;
    private readonly bool[] _nullAllowed;
    private readonly TableOutputs _outputs;
    private readonly int _slots;
    private readonly bool _captures;
    private readonly bool _exact;
    private readonly int _words;

    private DecisionTable(DecisionTableDefinition definition, FeelOptions options, Builder builder)
    {
        Definition = definition;
        _options = options;
        _inputs = builder.Inputs;
        _inputAllowed = builder.InputAllowed;
        _cells = builder.Cells;
        _slots = builder.Slots;
        _captures = builder.Captures;
        _outputs = builder.Outputs;
        FreeNames = builder.FreeNames;
        _columns = new TableColumn[_inputs.Length];
        _nullAllowed = new bool[_inputs.Length];
        for (var i = 0; i < _columns.Length; i++)
        {
            var column = Array.ConvertAll(_cells, row => row[i]);
            _columns[i] = TableColumn.Build(column);
            // A column that asks about null itself is not surprised by it.
            _nullAllowed[i] = Array.TrueForAll(column, c => c.IsAny) || builder.AsksNull[i];
        }

        _exact = Array.TrueForAll(_columns, c => c.Exact);
        _words = (_cells.Length + 63) >> 6;
    }

    /// <summary>The table as written.</summary>
    public DecisionTableDefinition Definition { get; }

    /// <summary>Variables that inputs, cells and outputs read.</summary>
    public IReadOnlySet<string> FreeNames { get; }

    /// <summary>The columns with the segments of their cells, for analysis.</summary>
    internal IReadOnlyList<TableColumn> Columns => _columns;

    /// <summary>Compiles a table.</summary>
    /// <param name="definition">The table as written.</param>
    /// <param name="options">Mode, declared types and limits; DMN mode when null.</param>
    /// <exception cref="DecisionTableException">Cells that are not FEEL, do not fit the types, or rows of the wrong width; each with its place.</exception>
    public static DecisionTable Compile(DecisionTableDefinition definition, FeelOptions? options = null)
    {
        options ??= FeelOptions.Default;
        var builder = new Builder(definition, options);
        return new DecisionTable(definition, options, builder);
    }

    /// <summary>Evaluates.</summary>
    /// <param name="variables">Values by name.</param>
    /// <returns>The result as the hit policy gives it; null when no row matches and there is no default.</returns>
    /// <exception cref="DecisionTableException">Strict mode: rows contradict the hit policy.</exception>
    /// <exception cref="FeelException">Strict mode: a value is missing or of the wrong type. Either mode: a limit is exceeded.</exception>
    public object? Evaluate(IReadOnlyDictionary<string, object?> variables) => Evaluate(variables, null);

    /// <summary>Evaluates as part of something larger, whose limits it shares.</summary>
    internal object? Evaluate(IReadOnlyDictionary<string, object?> variables, FeelBudget? budget)
    {
        var frame = FeelFramePool.Rent(_options, _slots, _captures, variables, null, budget);
        var result = Decide(frame, null, out var row);
        var value = row >= 0 ? _outputs.ClrOf(row, result) : FeelBoundary.ToClr(result);
        FeelFramePool.Return(frame, _slots, _captures);
        return value;
    }

    /// <summary>Evaluates and tells which rows matched and what the inputs were.</summary>
    /// <param name="variables">Values by name.</param>
    /// <inheritdoc cref="Evaluate(IReadOnlyDictionary{string, object?})" path="/exception"/>
    public TableResult EvaluateWithTrace(IReadOnlyDictionary<string, object?> variables) => EvaluateWithTrace(variables, null);

    /// <summary>Evaluates with trace as part of something larger, whose limits it shares.</summary>
    internal TableResult EvaluateWithTrace(IReadOnlyDictionary<string, object?> variables, FeelBudget? budget)
    {
        var frame = FeelFramePool.Rent(_options, _slots, _captures, variables, null, budget);
        var trace = new Trace(_inputs.Length);
        var value = FeelBoundary.ToClr(Decide(frame, trace, out _));
        var inputs = new TableInputValue[_inputs.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            inputs[i] = new TableInputValue(LabelOf(i), FeelBoundary.ToClr(trace.Values[i]));
        }

        FeelFramePool.Return(frame, _slots, _captures);
        var hits = new TableHit[trace.Hits.Count];
        for (var i = 0; i < hits.Length; i++)
        {
            var (row, output) = trace.Hits[i];
            var definition = Definition.Rows[row];
            hits[i] = new TableHit(definition.Id, row, _outputs.ClrOf(row, output), definition.Annotation);
        }

        return new TableResult(value, hits, inputs, trace.Defaulted);
    }

    /// <summary>Evaluates inside an evaluation under way.</summary>
    internal FeelValue EvaluateWithin(FeelRun run) => Decide(new FeelFrame(run, null, new FeelValue[_slots]), null, out _);

    /// <summary>Rows that match, found by trying every row: the yardstick of the index.</summary>
    internal IReadOnlyList<int> ScanRows(IReadOnlyDictionary<string, object?> variables)
    {
        var frame = FeelFramePool.Rent(_options, _slots, true, variables, null);
        var values = Array.ConvertAll(_inputs, i => i.Run(frame));
        return [.. Enumerable.Range(0, _cells.Length).Where(row => _inputs.Select((_, i) => Test(frame, row, i, values[i])).All(t => t))];
    }

    /// <summary>Rows that match, found through the index.</summary>
    internal IReadOnlyList<int> IndexRows(IReadOnlyDictionary<string, object?> variables)
    {
        var frame = FeelFramePool.Rent(_options, _slots, true, variables, null);
        var matcher = new Matcher(this, frame, stackalloc int[_inputs.Length], new FeelValue[_inputs.Length]);
        var rows = new List<int>();
        matcher.Start();
        for (var row = matcher.Next(); row >= 0; row = matcher.Next())
        {
            rows.Add(row);
        }

        return rows;
    }

    private string LabelOf(int input) => Definition.Inputs[input].Label ?? Definition.Inputs[input].Expression;

    private bool Test(FeelFrame frame, int row, int column, FeelValue value)
    {
        var cell = _cells[row][column];
        if (cell.IsAny)
        {
            return true;
        }

        frame.Slots[0] = value;
        return cell.Test(frame, value) == FeelTruth.True;
    }

    private DecisionTableException Error(string code, string message) =>
        new([new TableDiagnostic(Definition.Name, null, null, false, new FeelDiagnostic(FeelSeverity.Error, code, message, 0, 0))]);

    /// <summary>What a traced evaluation collects.</summary>
    private sealed class Trace(int inputs)
    {
        public FeelValue[] Values { get; } = new FeelValue[inputs];

        public List<(int Row, FeelValue Output)> Hits { get; } = [];

        public bool Defaulted { get; set; }
    }

    /// <summary>Walks the matching rows in order.</summary>
    private ref struct Matcher(DecisionTable table, FeelFrame frame, Span<int> segments, FeelValue[] values)
    {
        private readonly Span<int> _segments = segments;
        private int _word = -1;
        private int _summaryWord = -1;
        private ulong _summary;
        private ulong _bits;
        private bool _foreign;

        /// <summary>Reads the inputs.</summary>
        public void Start()
        {
            for (var i = 0; i < table._inputs.Length; i++)
            {
                var value = table._inputs[i].Run(frame);
                values[i] = value;
                if (value.IsNull && table._options.Mode == FeelMode.Strict && !table._nullAllowed[i])
                {
                    throw table.Error("feel-missing", $"the input '{table.LabelOf(i)}' has no value.");
                }

                if (table._inputAllowed[i] is { } allowed && !value.IsNull && !Allowed(allowed, value))
                {
                    // In DMN mode a value that is not allowed counts as none.
                    value = table._options.Mode == FeelMode.Strict
                        ? throw table.Error("feel-allowed", $"the input '{table.LabelOf(i)}' is {FeelNaming.Short(value)}, but allowed is {table.Definition.Inputs[i].AllowedValues}.")
                        : FeelValue.Null;
                    values[i] = value;
                }

                _segments[i] = table._columns[i].Segment(value);
                _foreign |= _segments[i] < 0;
            }
        }

        private readonly bool Allowed(FeelTestSet allowed, FeelValue value)
        {
            frame.Slots[0] = value;
            if (allowed.Test(frame, value) == FeelTruth.True)
            {
                return true;
            }

            if (value.List is not { } list)
            {
                return false;
            }

            // A list is allowed when each of its items is.
            foreach (var item in list.Items)
            {
                frame.Slots[0] = item;
                if (allowed.Test(frame, item) != FeelTruth.True)
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>The next matching row; -1 at the end.</summary>
        public int Next()
        {
            while (true)
            {
                while (_bits == 0)
                {
                    if (!NextWord())
                    {
                        return -1;
                    }
                }

                var row = (_word << 6) + BitOperations.TrailingZeroCount(_bits);
                _bits &= _bits - 1;
                if ((table._exact && !_foreign) || Verify(row))
                {
                    return row;
                }
            }
        }

        private bool NextWord()
        {
            if (table._columns.Length == 0 || table._columns[0].Summary(0) is null)
            {
                if (++_word >= table._words)
                {
                    return false;
                }
            }
            else
            {
                while (_summary == 0)
                {
                    if (++_summaryWord >= (table._words + 63) >> 6)
                    {
                        return false;
                    }

                    _summary = ulong.MaxValue;
                    for (var i = 0; i < _segments.Length; i++)
                    {
                        _summary &= _segments[i] < 0 ? ulong.MaxValue : table._columns[i].Summary(_segments[i])![_summaryWord];
                    }
                }

                _word = (_summaryWord << 6) + BitOperations.TrailingZeroCount(_summary);
                _summary &= _summary - 1;
                if (_word >= table._words)
                {
                    return false;
                }
            }

            var rest = table._cells.Length - (_word << 6);
            _bits = rest >= 64 ? ulong.MaxValue : (1UL << rest) - 1;
            for (var i = 0; i < _segments.Length; i++)
            {
                if (_segments[i] >= 0)
                {
                    _bits &= table._columns[i].Rows(_segments[i])[_word];
                }
            }

            return true;
        }

        private readonly bool Verify(int row)
        {
            for (var i = 0; i < _segments.Length; i++)
            {
                var column = table._columns[i];
                if (column.Exact && _segments[i] >= 0)
                {
                    continue;
                }

                var cell = column.Cell(row);
                var known = _segments[i] >= 0 && !cell.IsOpaque;
                if (known ? !cell.Contains(_segments[i]) : !table.Test(frame, row, i, values[i]))
                {
                    return false;
                }
            }

            return true;
        }
    }
}

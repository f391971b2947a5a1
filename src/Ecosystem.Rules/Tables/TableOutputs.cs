using Ecosystem.Rules.Feel;

namespace Ecosystem.Rules.Tables;

/// <summary>The outputs of a table's rows: ready values where they are constant, code where they are not.</summary>
internal sealed class TableOutputs
{
    private readonly FeelCode[][] _codes;
    private readonly FeelCode?[] _defaults;
    private readonly FeelType?[] _types;
    private readonly FeelValue[][] _allowed;
    private readonly FeelValue[] _ready;
    private readonly object?[] _clr;
    private readonly bool[] _constant;
    private readonly FeelTestSet?[] _restrictions;
    private readonly int _slots;
    private readonly FeelOptions _options;

    public TableOutputs(IReadOnlyList<TableOutput> outputs, FeelCode[][] codes, FeelCode?[] defaults, FeelValue[][] allowed, FeelTestSet?[] restrictions, int slots, FeelOptions options)
    {
        _restrictions = restrictions;
        _slots = slots;
        _options = options;
        _codes = codes;
        _defaults = defaults;
        _allowed = allowed;
        _types = [.. outputs.Select(o => o.Type)];
        Names = [.. outputs.Select((o, i) => o.Name ?? $"output {i + 1}")];
        _ready = new FeelValue[codes.Length];
        _clr = new object?[codes.Length];
        _constant = new bool[codes.Length];
        for (var row = 0; row < codes.Length; row++)
        {
            if (Array.TrueForAll(codes[row], c => c is ConstantCode))
            {
                _ready[row] = Build(null, codes[row]);
                _clr[row] = FeelBoundary.ToClr(_ready[row]);
                _constant[row] = true;
            }
        }
    }

    public string[] Names { get; }

    public bool HasDefault => Array.Exists(_defaults, d => d is not null);

    public FeelValue Of(FeelFrame frame, int row) => _constant[row] ? _ready[row] : Build(frame, _codes[row]);

    /// <summary>The output for the caller; constant outputs are boxed once for all evaluations.</summary>
    public object? ClrOf(int row, FeelValue value) => _constant[row] ? _clr[row] : FeelBoundary.ToClr(value);

    public FeelValue Default(FeelFrame frame) => Build(frame, _defaults);

    /// <summary>Places of the outputs in their allowed values, first output first; what is not allowed comes last.</summary>
    public int[] Rank(FeelFrame frame, int row)
    {
        var output = Of(frame, row);
        var rank = new int[Names.Length];
        for (var i = 0; i < rank.Length; i++)
        {
            var value = output;
            if (rank.Length > 1)
            {
                output.Context!.TryGet(Names[i], out value);
            }

            var place = Array.FindIndex(_allowed[i], a => FeelComparison.Same(a, value));
            rank[i] = place < 0 ? int.MaxValue : place;
        }

        return rank;
    }

    private FeelValue Build(FeelFrame? frame, FeelCode?[] codes)
    {
        if (codes.Length == 1)
        {
            return One(frame, codes[0], 0);
        }

        var values = new FeelValue[codes.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = One(frame, codes[i], i);
        }

        return FeelValue.Of(new FeelRecord(Names, values));
    }

    private FeelValue One(FeelFrame? frame, FeelCode? code, int output)
    {
        var value = code is ConstantCode constant ? constant.Value : code?.Run(frame!) ?? FeelValue.Null;
        if (value.IsNull)
        {
            return value;
        }

        var converted = _types[output]?.Coerce(value) ?? value;
        if (converted.IsNull)
        {
            return _options.Mode == FeelMode.Strict
                ? throw FeelException.At(default, "feel-type", $"The output '{Names[output]}' should be a {_types[output]}, but is {FeelNaming.Short(value)}.")
                : converted;
        }

        if (_restrictions[output] is not { IsAny: false } allowed || Allows(frame, allowed, converted))
        {
            return converted;
        }

        return _options.Mode == FeelMode.Strict
            ? throw FeelException.At(default, "feel-allowed", $"The output '{Names[output]}' is {FeelNaming.Short(converted)}, which is not among its allowed values.")
            : FeelValue.Null;
    }

    private bool Allows(FeelFrame? frame, FeelTestSet allowed, FeelValue value)
    {
        if (frame is null)
        {
            var run = new FeelRun();
            run.Start(_options, null, null);
            frame = new FeelFrame(run, null, new FeelValue[_slots]);
        }

        var saved = frame.Slots[0];
        frame.Slots[0] = value;
        var result = allowed.Test(frame, value) == FeelTruth.True;
        if (!result && value.List is { } list)
        {
            result = list.AsEnumerable().All(item =>
            {
                frame.Slots[0] = item;
                return allowed.Test(frame, item) == FeelTruth.True;
            });
        }

        frame.Slots[0] = saved;
        return result;
    }
}

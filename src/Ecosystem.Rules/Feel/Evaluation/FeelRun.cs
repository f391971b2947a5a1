using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Ecosystem.Rules.Feel;

/// <summary>Where an evaluation reads its variables when they are not in a CLR dictionary.</summary>
internal interface IFeelInputs
{
    bool TryGet(string name, out FeelValue value);
}

/// <summary>State of one evaluation: its inputs and what it has used of its limits. Not thread-safe.</summary>
internal sealed class FeelRun
{
    private IReadOnlyDictionary<string, object?>? _variables;
    private Dictionary<string, object?>? _dictionary;
    private IFeelInputs? _inputs;
    private long _steps;
    private long _nextCheck;
    private long _memory;
    private long _deadline;
    private int _depth;

    public FeelLimits Limits { get; private set; } = FeelLimits.Default;

    public TimeProvider Clock { get; private set; } = TimeProvider.System;

    public bool Strict { get; private set; }

    /// <summary>Place of the call under way, for errors raised inside built-in functions.</summary>
    public FeelPosition At { get; set; }

    public void Start(FeelOptions options, IReadOnlyDictionary<string, object?>? variables, IFeelInputs? inputs)
    {
        Limits = options.Limits;
        Clock = options.Clock;
        Strict = options.Mode == FeelMode.Strict;
        _dictionary = variables as Dictionary<string, object?>;
        _variables = variables;
        _inputs = inputs;
        _steps = 0;
        _nextCheck = Math.Min(1_024, Limits.Iterations);
        _memory = 0;
        _deadline = 0;
        _depth = 0;
    }

    public void Clear()
    {
        _variables = null;
        _dictionary = null;
        _inputs = null;
    }

    /// <summary>Reads variables elsewhere while a decision or function of a model runs.</summary>
    public IFeelInputs? Swap(IFeelInputs? inputs)
    {
        var previous = _inputs;
        _inputs = inputs;
        return previous;
    }

    /// <summary>Where variables are read now; function literals remember it.</summary>
    public IFeelInputs? Inputs => _inputs;

    public bool TryInput(string name, out FeelValue value)
    {
        object? raw;
        if (_dictionary is not null)
        {
            if (_dictionary.TryGetValue(name, out raw))
            {
                value = FeelBoundary.FromClr(raw);
                return true;
            }
        }
        else if (_inputs is not null)
        {
            return _inputs.TryGet(name, out value);
        }
        else if (_variables is not null && _variables.TryGetValue(name, out raw))
        {
            value = FeelBoundary.FromClr(raw);
            return true;
        }

        value = FeelValue.Null;
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step(long count = 1)
    {
        _steps += count;
        if (_steps >= _nextCheck)
        {
            Check();
        }
    }

    /// <summary>Counts items or characters created.</summary>
    public void Charge(long count)
    {
        _memory += count;
        if (_memory > Limits.Memory)
        {
            throw FeelException.Limit($"it created more than {Limits.Memory} items and characters");
        }
    }

    public void EnterCall()
    {
        Step();
        if (++_depth > Limits.Depth)
        {
            throw FeelException.Limit($"functions are nested deeper than {Limits.Depth} calls");
        }

        EnsureStack();
    }

    public void LeaveCall() => _depth--;

    public static void EnsureStack()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw FeelException.Limit("it is nested too deeply for the stack");
        }
    }

    /// <summary>A function that cannot work with its arguments: null in DMN mode, an error in strict mode.</summary>
    public FeelValue Fail(string function, string expected) =>
        Strict ? throw FeelException.At(At, "feel-type", $"{function}() expects {expected}.") : FeelValue.Null;

    private void Check()
    {
        if (_steps > Limits.Iterations)
        {
            throw FeelException.Limit($"it took more than {Limits.Iterations} rounds");
        }

        var now = Stopwatch.GetTimestamp();
        if (_deadline == 0)
        {
            _deadline = now + (long)(Limits.Time.TotalSeconds * Stopwatch.Frequency);
        }
        else if (now > _deadline)
        {
            throw FeelException.Limit($"it took longer than {Limits.Time.TotalSeconds:0.###} s");
        }

        _nextCheck = Math.Min(_steps + 1_024, Limits.Iterations + 1);
    }
}

/// <summary>Local variables of one function call, or of the expression itself.</summary>
internal sealed class FeelFrame(FeelRun run, FeelFrame? parent, FeelValue[] slots)
{
    public FeelRun Run => run;

    public FeelFrame? Parent => parent;

    public FeelValue[] Slots => slots;

    /// <summary>The frame as a function literal sees it from then on: later rounds of a loop do not change it.</summary>
    public FeelFrame Capture() => new(run, parent, (FeelValue[])slots.Clone());

    /// <summary>Whether two frames hold the same local values.</summary>
    public bool IsSame(FeelFrame other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (Slots.Length != other.Slots.Length || Parent is null != other.Parent is null || (Parent is not null && !Parent.IsSame(other.Parent!)))
        {
            return false;
        }

        for (var i = 0; i < Slots.Length; i++)
        {
            var (mine, theirs) = (Slots[i], other.Slots[i]);
            if (mine.Kind == FeelKind.Function ? !ReferenceEquals(mine.Reference, theirs.Reference) : !FeelComparison.Same(mine, theirs))
            {
                return false;
            }
        }

        return true;
    }

    public FeelFrame Up(int levels)
    {
        var frame = this;
        for (var i = 0; i < levels; i++)
        {
            frame = frame.Parent!;
        }

        return frame;
    }
}

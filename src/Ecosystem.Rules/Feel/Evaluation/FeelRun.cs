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
    private FeelBudget? _budget;

    public FeelLimits Limits { get; private set; } = FeelLimits.Default;

    public TimeProvider Clock { get; private set; } = TimeProvider.System;

    public bool Strict { get; private set; }

    /// <summary>Place of the call under way, for errors raised inside built-in functions.</summary>
    public FeelPosition At { get; set; }

    public void Start(FeelOptions options, IReadOnlyDictionary<string, object?>? variables, IFeelInputs? inputs, FeelBudget? budget = null)
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
        _budget = budget;
    }

    /// <summary>Ends the evaluation: what it used counts against the budget it is part of.</summary>
    public void Finish()
    {
        _budget?.Spend(_steps, _memory, Limits);
        _budget = null;
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

    /// <summary>Counts a search of one text in another, which may compare every pair of characters.</summary>
    public void Search(string text, string match) => Step(1 + (((long)text.Length * match.Length) >> 12));

    /// <summary>Looks at the clock now: ahead of work that is one step, but may be a long one.</summary>
    public void CheckTime()
    {
        _nextCheck = _steps;
        Check();
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
            _deadline = _budget?.Deadline(now, Limits) ?? FeelBudget.After(now, Limits);
        }

        if (now > _deadline)
        {
            throw FeelBudget.TooLong(Limits);
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
    public FeelFrame Capture()
    {
        run.Charge(slots.Length);
        return new(run, parent, (FeelValue[])slots.Clone());
    }

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
            // What can hold functions again is compared by identity, as two such scopes could refer to each other without end.
            if (mine.Kind is FeelKind.Function or FeelKind.List or FeelKind.Context ? !ReferenceEquals(mine.Reference, theirs.Reference) : !FeelComparison.Same(mine, theirs))
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

namespace Ecosystem.Rules.Feel;

/// <summary>Three-valued truth.</summary>
internal enum FeelTruth
{
    False,
    True,
    Unknown,
}

/// <summary>One step of a compiled expression. Immutable; runs on any thread.</summary>
internal abstract class FeelCode
{
    public abstract FeelValue Run(FeelFrame frame);

    /// <summary>The result as truth, without building a value; anything but true and false is unknown.</summary>
    public virtual FeelTruth Truth(FeelFrame frame)
    {
        var value = Run(frame);
        return value.IsTrue ? FeelTruth.True : value.IsFalse ? FeelTruth.False : FeelTruth.Unknown;
    }

    protected static FeelValue ToValue(FeelTruth truth) => truth switch
    {
        FeelTruth.True => FeelValue.True,
        FeelTruth.False => FeelValue.False,
        _ => FeelValue.Null,
    };
}

internal sealed class ConstantCode(FeelValue value) : FeelCode
{
    public FeelValue Value => value;

    public override FeelValue Run(FeelFrame frame) => value;
}

/// <summary>Stops runaway nesting before the stack ends.</summary>
internal sealed class GuardCode(FeelCode inner) : FeelCode
{
    public override FeelValue Run(FeelFrame frame)
    {
        FeelRun.EnsureStack();
        return inner.Run(frame);
    }
}

internal sealed class LocalCode(int level, int slot) : FeelCode
{
    public override FeelValue Run(FeelFrame frame) => level == 0 ? frame.Slots[slot] : frame.Up(level).Slots[slot];
}

/// <summary>Reads an input variable; a built-in function of the same name when there is no such variable.</summary>
internal sealed class InputCode(string name, FeelValue otherwise) : FeelCode
{
    public override FeelValue Run(FeelFrame frame) => frame.Run.TryInput(name, out var value) ? value : otherwise;
}

/// <summary>Strict mode: a missing or ill-typed value is an error naming the input.</summary>
internal sealed class RequiredCode(FeelCode inner, string text, FeelType? type, FeelPosition at) : FeelCode
{
    public override FeelValue Run(FeelFrame frame)
    {
        var value = inner.Run(frame);
        if (value.IsNull)
        {
            throw FeelException.At(at, "feel-missing", $"'{text}' has no value, and one is needed here. Supply it, or test it with '{text} = null' first.");
        }

        return type is null || type.Includes(value) ? value : Refuse(value);
    }

    private FeelValue Refuse(FeelValue value)
    {
        var converted = type!.Coerce(value);
        return converted.IsNull
            ? throw FeelException.At(at, "feel-type", $"'{text}' should be a {type}, but is the {FeelNaming.Kind(value.Kind)} {FeelNaming.Short(value)}.")
            : converted;
    }
}

/// <summary>A name inside a filter: an entry of the item when it has one, otherwise the name outside.</summary>
internal sealed class FilterNameCode(FeelCode item, string name, FeelCode outside) : FeelCode
{
    public override FeelValue Run(FeelFrame frame) =>
        item.Run(frame).Reference is FeelContext context && context.TryGet(name, out var value) ? value : outside.Run(frame);
}

internal sealed class PathCode(FeelCode source, string name) : FeelCode
{
    public override FeelValue Run(FeelFrame frame) => FeelProperties.Get(source.Run(frame), name, frame.Run);
}

/// <summary>Values of a name at any depth, in the order in which they are written; an entry comes before what it holds.</summary>
internal sealed class DescendantsCode(FeelCode source, string name, bool strict, FeelPosition at) : FeelCode
{
    private const int MaxNesting = 200;

    public override FeelValue Run(FeelFrame frame)
    {
        var value = source.Run(frame);
        if (value.Context is null && value.List is null)
        {
            return strict ? throw FeelException.At(at, "feel-type", $"'...' needs a context or a list, but has {FeelNaming.Short(value)}.") : FeelValue.Null;
        }

        var found = new List<FeelValue>();
        Collect(frame.Run, value, found, 0);
        return FeelValue.Of(new FeelList([.. found]));
    }

    private void Collect(FeelRun run, FeelValue value, List<FeelValue> found, int depth)
    {
        if (depth > MaxNesting)
        {
            throw FeelException.Limit($"a value is nested deeper than {MaxNesting} levels");
        }

        if (value.List is { } list)
        {
            foreach (var item in list.Items)
            {
                run.Step();
                Collect(run, item, found, depth + 1);
            }
        }
        else if (value.Context is { } context)
        {
            foreach (var key in context.Keys)
            {
                run.Step();
                context.TryGet(key, out var entry);
                if (key == name)
                {
                    run.Charge(1);
                    found.Add(entry);
                }

                Collect(run, entry, found, depth + 1);
            }
        }
    }
}

internal sealed class IfCode(FeelCode condition, FeelCode then, FeelCode otherwise, bool strict, FeelPosition at) : FeelCode
{
    public override FeelValue Run(FeelFrame frame) => condition.Truth(frame) switch
    {
        FeelTruth.True => then.Run(frame),
        FeelTruth.Unknown when strict => throw FeelException.At(at, "feel-type", "The condition of 'if' is neither true nor false."),
        _ => otherwise.Run(frame),
    };
}

internal sealed class ListCode(FeelCode[] items) : FeelCode
{
    public override FeelValue Run(FeelFrame frame)
    {
        frame.Run.Charge(items.Length);
        var values = new FeelValue[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            values[i] = items[i].Run(frame);
        }

        return FeelValue.Of(new FeelList(values));
    }
}

internal sealed class ContextCode(string[] keys, FeelCode[] values, int[] slots) : FeelCode
{
    public override FeelValue Run(FeelFrame frame)
    {
        frame.Run.Charge(keys.Length);
        var entries = new FeelValue[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            entries[i] = values[i].Run(frame);
            if (slots[i] >= 0)
            {
                frame.Slots[slots[i]] = entries[i];
            }
        }

        return FeelValue.Of(new FeelRecord(keys, entries));
    }
}

internal sealed class IntervalCode(bool lowIncluded, FeelCode low, FeelCode high, bool highIncluded, bool strict, FeelPosition at) : FeelCode
{
    public override FeelValue Run(FeelFrame frame)
    {
        var start = low.Run(frame);
        var end = high.Run(frame);
        // Ends of two kinds, or in the wrong order, make no interval; one missing end leaves it open on that side.
        var valid = start.IsNull ? FeelOrder.IsOrdered(end) : end.IsNull ? FeelOrder.IsOrdered(start) : FeelComparison.Compare(start, end) <= 0;
        if (valid && !(strict && (start.IsNull || end.IsNull)))
        {
            return FeelValue.Of(new FeelRange(start, lowIncluded, end, highIncluded));
        }

        return strict
            ? throw FeelException.At(at, "feel-type", $"An interval cannot go from {FeelNaming.Short(start)} to {FeelNaming.Short(end)}.")
            : FeelValue.Null;
    }
}

/// <summary>"(&lt; 5)" as a value: a range open on one side.</summary>
internal sealed class OpenRangeCode(FeelOperator op, FeelCode operand, bool strict, FeelPosition at) : FeelCode
{
    public override FeelValue Run(FeelFrame frame)
    {
        var end = operand.Run(frame);
        if (!FeelOrder.IsOrdered(end))
        {
            return strict ? throw FeelException.At(at, "feel-type", $"A range cannot end at {FeelNaming.Short(end)}.") : FeelValue.Null;
        }

        return op switch
        {
            FeelOperator.Less => FeelValue.Of(new FeelRange(FeelValue.Null, false, end, false)),
            FeelOperator.LessOrEqual => FeelValue.Of(new FeelRange(FeelValue.Null, false, end, true)),
            FeelOperator.Greater => FeelValue.Of(new FeelRange(end, false, FeelValue.Null, false)),
            FeelOperator.GreaterOrEqual => FeelValue.Of(new FeelRange(end, true, FeelValue.Null, false)),
            FeelOperator.Equal => FeelValue.Of(new FeelRange(end, true, end, true)),
            _ => FeelValue.Null,
        };
    }
}

internal sealed class InstanceOfCode(FeelCode value, FeelType declared) : FeelCode
{
    // Allowed values restrict values, not the type they conform to.
    private readonly FeelType _type = declared.Unconstrained();

    public override FeelValue Run(FeelFrame frame)
    {
        var tested = value.Run(frame);
        return FeelValue.Of(_type.Includes(tested) && !(tested.IsNull && !ReferenceEquals(_type, FeelType.Null)));
    }
}

internal sealed class FunctionCode(FeelFunctionLiteral written, FeelCode body, int slots, FeelFunctionType type) : FeelCode
{
    public override FeelValue Run(FeelFrame frame) => FeelValue.Of(new FeelClosure(written, body, slots, type, frame.Capture(), frame.Run.Inputs));
}

/// <summary>A function literal with the variables around it.</summary>
internal sealed class FeelClosure(FeelFunctionLiteral written, FeelCode body, int slots, FeelFunctionType type, FeelFrame around, IFeelInputs? inputs)
    : FeelFunction("", [.. written.Parameters.Select(p => p.Name)])
{
    private readonly FeelFunctionLiteral _written = written;
    private readonly FeelFrame _around = around;
    private readonly IFeelInputs? _inputs = inputs;

    internal override FeelFunctionType Type => type;

    internal override bool IsSame(FeelFunction other) =>
        ReferenceEquals(this, other)
        || (other is FeelClosure closure && ReferenceEquals(_inputs, closure._inputs) && _around.IsSame(closure._around) && FeelPrinter.Print(_written) == FeelPrinter.Print(closure._written));

    internal override FeelValue Invoke(FeelRun run, FeelValue[] arguments)
    {
        var parameters = _written.Parameters;
        if (arguments.Length != parameters.Count)
        {
            return run.Fail("function", $"{parameters.Count} arguments, got {arguments.Length}");
        }

        var locals = new FeelValue[slots];
        for (var i = 0; i < arguments.Length; i++)
        {
            locals[i] = arguments[i];
            if (parameters[i].Type is { } declared && !arguments[i].IsNull)
            {
                locals[i] = declared.Coerce(arguments[i]);
                if (locals[i].IsNull)
                {
                    return run.Fail("function", $"a {declared} for '{parameters[i].Name}'");
                }
            }
        }

        run.EnterCall();
        // The body reads the variables that were in force where it was written.
        var previous = run.Swap(_inputs);
        var result = body.Run(new FeelFrame(run, _around, locals));
        run.Swap(previous);
        run.LeaveCall();
        return result;
    }
}

using Ecosystem.Rules.Feel;
using Ecosystem.Rules.Tables;

namespace Ecosystem.Rules.Dmn;

/// <summary>A compiled boxed expression. Immutable.</summary>
internal abstract class DmnCode
{
    public abstract FeelValue Run(FeelRun run, IFeelInputs scope);
}

/// <summary>An expression that cannot be evaluated: its value is null, and why is told.</summary>
internal sealed class DmnFailedCode(string message) : DmnCode
{
    public string Message => message;

    public override FeelValue Run(FeelRun run, IFeelInputs scope) => FeelValue.Null;
}

internal sealed class DmnLiteralCode(FeelExpression expression) : DmnCode
{
    public override FeelValue Run(FeelRun run, IFeelInputs scope)
    {
        var previous = run.Swap(scope);
        var value = expression.EvaluateWithin(run);
        run.Swap(previous);
        return value;
    }
}

internal sealed class DmnTableCode(DecisionTable table) : DmnCode
{
    public DecisionTable Table => table;

    public override FeelValue Run(FeelRun run, IFeelInputs scope)
    {
        var previous = run.Swap(scope);
        var value = table.EvaluateWithin(run);
        run.Swap(previous);
        return value;
    }
}

/// <summary>Fits a result to its declared type; what does not fit is null.</summary>
internal sealed class DmnTypedCode(DmnCode inner, FeelType type) : DmnCode
{
    public override FeelValue Run(FeelRun run, IFeelInputs scope) => type.Coerce(inner.Run(run, scope));
}

internal sealed class DmnContextCode(IReadOnlyList<(string? Name, DmnCode? Value)> entries) : DmnCode
{
    public override FeelValue Run(FeelRun run, IFeelInputs scope)
    {
        var inner = new DmnScope(scope);
        var values = new List<KeyValuePair<string, FeelValue>>();
        foreach (var (name, code) in entries)
        {
            run.Step();
            run.Charge(1);
            var value = code?.Run(run, inner) ?? FeelValue.Null;
            if (name is null)
            {
                return value;
            }

            inner.With(name, value);
            values.Add(new(name, value));
        }

        return FeelValue.Of(FeelRecord.From(values));
    }
}

internal sealed class DmnListCode(IReadOnlyList<DmnCode> items) : DmnCode
{
    public override FeelValue Run(FeelRun run, IFeelInputs scope)
    {
        run.Charge(items.Count);
        return FeelValue.Of(new FeelList([.. items.Select(i => i.Run(run, scope))]));
    }
}

internal sealed class DmnRelationCode(string[] columns, IReadOnlyList<IReadOnlyList<DmnCode>> rows) : DmnCode
{
    public override FeelValue Run(FeelRun run, IFeelInputs scope)
    {
        run.Charge(rows.Count * columns.Length);
        return FeelValue.Of(new FeelList([.. rows.Select(r => FeelValue.Of(new FeelRecord(columns, [.. columns.Select((_, i) => i < r.Count ? r[i].Run(run, scope) : FeelValue.Null)])))]));
    }
}

internal sealed class DmnInvocationCode(DmnCode function, string[] names, DmnCode[] values) : DmnCode
{
    public override FeelValue Run(FeelRun run, IFeelInputs scope)
    {
        if (function.Run(run, scope).Function is not { } called)
        {
            return run.Fail("invocation", "a function to call");
        }

        var arguments = Array.ConvertAll(values, v => v.Run(run, scope));
        return called.Arrange(names, arguments) is { } arranged ? called.Invoke(run, arranged) : run.Fail(called.ToString(), $"the arguments {string.Join(", ", called.Parameters)}");
    }
}

internal sealed class DmnFunctionCode(string name, IReadOnlyList<(string Name, FeelType Type)> parameters, DmnCode body, FeelType result) : DmnCode
{
    public override FeelValue Run(FeelRun run, IFeelInputs scope) => FeelValue.Of(new DmnFunction(name, parameters, body, result, scope));
}

/// <summary>A function of a model: a knowledge model or a boxed function, with the names around it.</summary>
internal sealed class DmnFunction(string name, IReadOnlyList<(string Name, FeelType Type)> parameters, DmnCode body, FeelType result, IFeelInputs scope)
    : FeelFunction(name, [.. parameters.Select(p => p.Name)])
{
    internal override FeelFunctionType Type { get; } = new([.. parameters.Select(p => p.Type)], result);

    internal override FeelValue Invoke(FeelRun run, FeelValue[] arguments)
    {
        if (arguments.Length != parameters.Count)
        {
            return run.Fail(ToString(), $"{parameters.Count} arguments, got {arguments.Length}");
        }

        var inner = new DmnScope(scope);
        for (var i = 0; i < arguments.Length; i++)
        {
            var value = parameters[i].Type.Coerce(arguments[i]);
            if (value.IsNull && !arguments[i].IsNull)
            {
                // An argument of the wrong type is no argument: the call has no result.
                return run.Fail(ToString(), $"a {parameters[i].Type} for '{parameters[i].Name}'");
            }

            inner.With(parameters[i].Name, value);
        }

        run.EnterCall();
        var value2 = result.Coerce(body.Run(run, inner));
        run.LeaveCall();
        return value2;
    }
}

internal sealed class DmnConditionalCode(DmnCode condition, DmnCode then, DmnCode otherwise) : DmnCode
{
    public override FeelValue Run(FeelRun run, IFeelInputs scope) => condition.Run(run, scope).IsTrue ? then.Run(run, scope) : otherwise.Run(run, scope);
}

internal sealed class DmnFilterCode(DmnCode source, DmnCode match) : DmnCode
{
    public override FeelValue Run(FeelRun run, IFeelInputs scope)
    {
        var value = source.Run(run, scope);
        if (value.IsNull)
        {
            return FeelValue.Null;
        }

        var list = value.List ?? new FeelList([value]);
        if (list.Count == 0 && match.Run(run, new DmnScope(scope).WithItem(FeelValue.Null)).IsNumber)
        {
            return FeelValue.Null;
        }

        var kept = new List<FeelValue>();
        for (var i = 0; i < list.Count; i++)
        {
            run.Step();
            var test = match.Run(run, new DmnScope(scope).WithItem(list.Items[i]));
            if (test.IsNumber)
            {
                return FilterCode.ItemAt(list, test.Number);
            }

            if (test.IsTrue)
            {
                kept.Add(list.Items[i]);
            }
            else if (!test.IsBoolean && !test.IsNull)
            {
                return FeelValue.Null;
            }
        }

        run.Charge(kept.Count);
        return FeelValue.Of(new FeelList([.. kept]));
    }
}

internal sealed class DmnIterationCode(DmnIterationKind kind, string variable, DmnCode source, DmnCode each) : DmnCode
{
    public override FeelValue Run(FeelRun run, IFeelInputs scope)
    {
        if (IteratorCode.Through(source.Run(run, scope)) is not { } values)
        {
            return FeelValue.Null;
        }

        var results = new FeelResults();
        var unknown = false;
        foreach (var value in values)
        {
            run.Step();
            run.Charge(1);
            var inner = new DmnScope(scope).With(variable, value);
            if (kind == DmnIterationKind.For)
            {
                inner.With("partial", FeelValue.Of(results.ToList()));
                results.Add(each.Run(run, inner));
                continue;
            }

            var truth = each.Run(run, inner);
            if (truth.IsBoolean && truth.IsTrue == (kind == DmnIterationKind.Some))
            {
                return truth;
            }

            if (!truth.IsBoolean && !truth.IsNull)
            {
                return FeelValue.Null;
            }

            unknown |= truth.IsNull;
        }

        return kind == DmnIterationKind.For ? FeelValue.Of(results.ToList()) : unknown ? FeelValue.Null : FeelValue.Of(kind == DmnIterationKind.Every);
    }
}

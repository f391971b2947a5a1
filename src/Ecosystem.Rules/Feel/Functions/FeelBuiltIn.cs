namespace Ecosystem.Rules.Feel;

/// <summary>A built-in function: its overloads, tried in order.</summary>
internal sealed class FeelBuiltIn(string name, params FeelBuiltIn.Overload[] overloads) : FeelFunction(name, overloads[0].Parameters)
{
    internal delegate FeelValue Implementation(FeelRun run, FeelValue[] arguments);

    /// <summary>How the function is written, for messages.</summary>
    public string Usage => string.Join(" or ", overloads.Select(o => $"{Name}({string.Join(", ", o.Parameters.Select((p, i) => i < o.Required ? p : p + "?"))}{(o.Variadic ? ", …" : "")})"));

    internal override FeelFunctionType Type { get; } = new([.. overloads[0].Parameters.Select(_ => FeelType.Any)], FeelType.Any);

    /// <summary>The overload for a call; Order says which parameter each named argument is; null when none fits.</summary>
    public (Overload Overload, int[]? Order, int Count)? Choose(int count, string[]? names)
    {
        // "before(range: …, point: …)" is the way written in that order, not "point, range" turned round.
        IEnumerable<Overload> tried = names is null ? overloads : overloads.OrderByDescending(o => o.Parameters.AsSpan().StartsWith(names));
        foreach (var overload in tried)
        {
            if (names is null)
            {
                if (count >= overload.Required && (count <= overload.Parameters.Length || overload.Variadic))
                {
                    return (overload, null, count);
                }
            }
            else if (overload.Order(names) is { } order)
            {
                return (overload, order, Math.Max(overload.Required, order.Max() + 1));
            }
        }

        return null;
    }

    internal override FeelValue Invoke(FeelRun run, FeelValue[] arguments)
    {
        run.Step();
        return Choose(arguments.Length, null) is { } chosen ? chosen.Overload.Body(run, arguments) : run.Fail(Name, Usage);
    }

    internal override FeelValue[]? Arrange(string[] names, FeelValue[] values)
    {
        if (Choose(values.Length, names) is not { Order: { } order } chosen)
        {
            return null;
        }

        var arranged = new FeelValue[chosen.Count];
        for (var i = 0; i < values.Length; i++)
        {
            arranged[order[i]] = values[i];
        }

        return arranged;
    }

    /// <summary>One way to call the function.</summary>
    internal sealed record Overload(string[] Parameters, int Required, Implementation Body, bool Variadic = false)
    {
        public int[]? Order(string[] names)
        {
            var order = new int[names.Length];
            for (var i = 0; i < names.Length; i++)
            {
                order[i] = Array.IndexOf(Parameters, names[i]);
                if (order[i] < 0 || Array.IndexOf(order, order[i], 0, i) >= 0)
                {
                    return null;
                }
            }

            for (var i = 0; i < Required; i++)
            {
                if (Array.IndexOf(order, i) < 0)
                {
                    return null;
                }
            }

            return order.Length == 0 ? null : order;
        }
    }
}

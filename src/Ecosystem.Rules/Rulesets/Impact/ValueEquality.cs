namespace Ecosystem.Rules.Rulesets;

/// <summary>Whether two outputs say the same.</summary>
internal static class ValueEquality
{
    public static bool Same(object? a, object? b)
    {
        if (ReferenceEquals(a, b))
        {
            return true;
        }

        switch (a, b)
        {
            case (IReadOnlyDictionary<string, object?> x, IReadOnlyDictionary<string, object?> y):
                if (x.Count != y.Count)
                {
                    return false;
                }

                foreach ((string name, object? value) in x)
                {
                    if (!y.TryGetValue(name, out object? other) || !Same(value, other))
                    {
                        return false;
                    }
                }

                return true;
            case (IReadOnlyList<object?> x, IReadOnlyList<object?> y):
                if (x.Count != y.Count)
                {
                    return false;
                }

                for (int i = 0; i < x.Count; i++)
                {
                    if (!Same(x[i], y[i]))
                    {
                        return false;
                    }
                }

                return true;
            default:
                return Equals(a, b);
        }
    }
}

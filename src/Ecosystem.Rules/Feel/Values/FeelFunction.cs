namespace Ecosystem.Rules.Feel;

/// <summary>A function as a value. Immutable; runs only within the evaluation that it is used in.</summary>
public abstract class FeelFunction : FeelObject
{
    private protected FeelFunction(string name, IReadOnlyList<string> parameters)
        : base(FeelKind.Function)
    {
        Name = name;
        Parameters = parameters;
    }

    /// <summary>Name of the function; empty for a function literal.</summary>
    public string Name { get; }

    /// <summary>Names of the parameters, in order.</summary>
    public IReadOnlyList<string> Parameters { get; }

    internal abstract FeelFunctionType Type { get; }

    /// <summary>Calls with one argument per parameter (fewer or more: null, or an error in strict mode).</summary>
    internal abstract FeelValue Invoke(FeelRun run, FeelValue[] arguments);

    /// <summary>Equality of functions: the same parameters, body and scope (DMN 1.5, table 54).</summary>
    internal virtual bool IsSame(FeelFunction other) => ReferenceEquals(this, other);

    /// <summary>Puts named arguments in order; null when the names are not the parameters'.</summary>
    internal virtual FeelValue[]? Arrange(string[] names, FeelValue[] values)
    {
        var arranged = new FeelValue[Parameters.Count];
        var given = new bool[Parameters.Count];
        for (var i = 0; i < names.Length; i++)
        {
            var at = IndexOf(names[i]);
            if (at < 0 || given[at])
            {
                return null;
            }

            given[at] = true;
            arranged[at] = values[i];
        }

        return Array.TrueForAll(given, g => g) ? arranged : null;
    }

    /// <summary>The function's head, such as function(a, b).</summary>
    public override string ToString() => Name.Length > 0 ? Name : $"function({string.Join(", ", Parameters)})";

    private int IndexOf(string name)
    {
        for (var i = 0; i < Parameters.Count; i++)
        {
            if (Parameters[i] == name)
            {
                return i;
            }
        }

        return -1;
    }
}

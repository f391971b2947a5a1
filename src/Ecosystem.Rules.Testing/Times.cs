namespace Ecosystem.Rules.Testing;

/// <summary>How often a rule is expected to fire.</summary>
public readonly record struct Times
{
    private Times(int value)
    {
        Value = value;
    }

    /// <summary>Not at all.</summary>
    public static Times Never => new(0);

    /// <summary>Once.</summary>
    public static Times Once => new(1);

    /// <summary>Twice.</summary>
    public static Times Twice => new(2);

    internal int Value { get; }

    /// <summary>A number of times.</summary>
    /// <param name="value">How often.</param>
    /// <returns>Expectation.</returns>
    public static Times Exactly(int value) => new(value);
}

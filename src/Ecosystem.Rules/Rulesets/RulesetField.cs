namespace Ecosystem.Rules.Rulesets;

/// <summary>An input, an output or a field of a record.</summary>
/// <param name="Name">Name as expressions use it.</param>
/// <param name="Type">Its type.</param>
public sealed record RulesetField(string Name, RulesetType Type)
{
    /// <summary>What it means, in plain words.</summary>
    public string? Description { get; init; }

    /// <summary>Whether a value must be given. An optional one without a default is null when it is not given.</summary>
    public bool Required { get; init; } = true;

    /// <summary>Whether <see cref="Default"/> is used when no value is given.</summary>
    public bool HasDefault { get; init; }

    /// <summary>The value used when none is given; meaningful only with <see cref="HasDefault"/>.</summary>
    public object? Default { get; init; }

    /// <summary>The allowed texts; empty when every text is allowed.</summary>
    public IReadOnlyList<string> OneOf { get; init; } = [];

    /// <summary>Smallest allowed number; null when there is no limit.</summary>
    public decimal? Min { get; init; }

    /// <summary>Largest allowed number; null when there is no limit.</summary>
    public decimal? Max { get; init; }

    /// <summary>Smallest number of elements of a list.</summary>
    public int MinItems { get; init; }

    /// <summary>Whether the number is money, which impact reports add up.</summary>
    public bool Money { get; init; }

    /// <summary>Output of another ruleset that this input takes, as <c>ruleset.output</c>; null when it comes from elsewhere.</summary>
    public string? From { get; init; }

    /// <summary>Line in the document, counted from 1; 0 when unknown.</summary>
    public int Line { get; init; }

    /// <summary>Column in the document, counted from 1; 0 when unknown.</summary>
    public int Column { get; init; }
}

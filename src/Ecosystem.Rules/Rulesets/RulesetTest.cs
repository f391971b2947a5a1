namespace Ecosystem.Rules.Rulesets;

/// <summary>A case that a ruleset must pass before it may be published.</summary>
/// <param name="Name">What the case shows, in plain words.</param>
/// <param name="Given">Inputs, already joined with the document's test defaults.</param>
public sealed record RulesetTest(string Name, IReadOnlyDictionary<string, object?> Given)
{
    /// <summary>Expected outputs; of records and lists of records only the fields that are named are compared.</summary>
    public IReadOnlyDictionary<string, object?> Expect { get; init; } = new Dictionary<string, object?>();

    /// <summary>Rows, rules and metrics that must apply, as <c>section/id</c>.</summary>
    public IReadOnlyList<string> Rows { get; init; } = [];

    /// <summary>Text that the message of the expected error contains; null when no error is expected.</summary>
    public string? Error { get; init; }

    /// <summary>Line in the document, counted from 1.</summary>
    public int Line { get; init; }
}

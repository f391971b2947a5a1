namespace Ecosystem.Rules.Rulesets;

/// <summary>One step of a ruleset. Sections run in the order of the document; each sees the inputs and what the ones before it found.</summary>
/// <param name="Id">Identifier, unique in the ruleset.</param>
public abstract record RulesetSection(string Id)
{
    /// <summary>Heading for people; null when there is none.</summary>
    public string? Title { get; init; }

    /// <summary>Runs the section once for every element of a list; null when it runs once.</summary>
    public RulesetIteration? Each { get; init; }

    /// <summary>Fields added to the result of each element, by name; only with <see cref="Each"/>.</summary>
    public IReadOnlyList<KeyValuePair<string, RulesetSourceText>> Keep { get; init; } = [];

    /// <summary>Line in the document, counted from 1.</summary>
    public int Line { get; init; }

    /// <summary>Column in the document, counted from 1.</summary>
    public int Column { get; init; }
}

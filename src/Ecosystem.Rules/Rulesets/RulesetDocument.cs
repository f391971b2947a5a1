namespace Ecosystem.Rules.Rulesets;

/// <summary>What a ruleset document says, as read from YAML.</summary>
/// <param name="Name">Identifier of the ruleset, the same in all its versions.</param>
/// <param name="Version">Version, such as <c>1.2.0</c>.</param>
public sealed record RulesetDocument(string Name, string Version)
{
    /// <summary>Heading for people.</summary>
    public string Title { get; init; } = "";

    /// <summary>What the ruleset is for.</summary>
    public string? Description { get; init; }

    /// <summary>Team that owns it.</summary>
    public string Owner { get; init; } = "";

    /// <summary>First day on which it is in force.</summary>
    public DateOnly EffectiveFrom { get; init; } = DateOnly.MinValue;

    /// <summary>Last day on which it is in force; null for no end.</summary>
    public DateOnly? EffectiveTo { get; init; }

    /// <summary>Named record types.</summary>
    public IReadOnlyDictionary<string, RulesetType> Types { get; init; } = new Dictionary<string, RulesetType>();

    /// <summary>What has to be given.</summary>
    public IReadOnlyList<RulesetField> Inputs { get; init; } = [];

    /// <summary>What comes out.</summary>
    public IReadOnlyList<RulesetField> Outputs { get; init; } = [];

    /// <summary>The steps in order.</summary>
    public IReadOnlyList<RulesetSection> Sections { get; init; } = [];

    /// <summary>The test cases.</summary>
    public IReadOnlyList<RulesetTest> Tests { get; init; } = [];

    /// <summary>Reads a text as far as it can be read: cells that are no expressions and names that do not exist are kept as they are written.</summary>
    /// <param name="yaml">The YAML text.</param>
    /// <returns>The document, or null when the text is not YAML.</returns>
    public static RulesetDocument? Read(string yaml) => Documents.DocumentReader.Read(yaml, new Documents.DiagnosticList());

    /// <summary>Whether it is in force on a day.</summary>
    /// <param name="day">The day.</param>
    /// <returns>True from <see cref="EffectiveFrom"/> to <see cref="EffectiveTo"/>, both included.</returns>
    public bool IsInForce(DateOnly day) => day >= EffectiveFrom && (EffectiveTo is not { } last || day <= last);
}

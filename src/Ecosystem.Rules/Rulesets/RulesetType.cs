namespace Ecosystem.Rules.Rulesets;

/// <summary>Type of an input, an output or a field.</summary>
/// <param name="Kind">Which kind.</param>
/// <param name="Name">How the document writes it, such as <c>number</c> or <c>list of party</c>.</param>
/// <param name="Item">Type of the elements of a list; null otherwise.</param>
/// <param name="Fields">Fields of a record; empty otherwise.</param>
public sealed record RulesetType(RulesetTypeKind Kind, string Name, RulesetType? Item, IReadOnlyList<RulesetField> Fields)
{
    internal static readonly RulesetType Any = Simple(RulesetTypeKind.Any, "any");
    internal static readonly RulesetType Text = Simple(RulesetTypeKind.Text, "text");
    internal static readonly RulesetType Number = Simple(RulesetTypeKind.Number, "number");
    internal static readonly RulesetType Boolean = Simple(RulesetTypeKind.Boolean, "boolean");

    internal static readonly IReadOnlyDictionary<string, RulesetType> BuiltIn = new Dictionary<string, RulesetType>(StringComparer.Ordinal)
    {
        ["any"] = Any,
        ["text"] = Text,
        ["string"] = Text,
        ["number"] = Number,
        ["boolean"] = Boolean,
        ["date"] = Simple(RulesetTypeKind.Date, "date"),
        ["time"] = Simple(RulesetTypeKind.Time, "time"),
        ["date and time"] = Simple(RulesetTypeKind.DateTime, "date and time"),
        ["days and time duration"] = Simple(RulesetTypeKind.DaysTimeDuration, "days and time duration"),
        ["years and months duration"] = Simple(RulesetTypeKind.YearsMonthsDuration, "years and months duration"),
    };

    private string[]? _fieldNames;

    internal string[] FieldNames => _fieldNames ??= [.. Fields.Select(f => f.Name)];

    internal static RulesetType Simple(RulesetTypeKind kind, string name) => new(kind, name, null, []);

    internal static RulesetType ListOf(RulesetType item) => new(RulesetTypeKind.List, $"list of {item.Name}", item, []);

    internal RulesetField? Field(string name)
    {
        foreach (RulesetField field in Fields)
        {
            if (string.Equals(field.Name, name, StringComparison.Ordinal))
            {
                return field;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

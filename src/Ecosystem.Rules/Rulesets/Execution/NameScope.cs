using Ecosystem.Rules.Feel;

namespace Ecosystem.Rules.Rulesets;

/// <summary>The names that expressions may use at one place of the document, with what is declared about them.</summary>
internal sealed class NameScope
{
    private readonly Dictionary<string, RulesetField> _fields;
    private FeelScope? _feel;

    public NameScope(IEnumerable<RulesetField> fields) => _fields = fields.ToDictionary(f => f.Name, StringComparer.Ordinal);

    private NameScope(Dictionary<string, RulesetField> fields) => _fields = fields;

    public IEnumerable<string> Names => _fields.Keys;

    public FeelScope Feel => _feel ??= new FeelScope(_fields.Values.Select(f => new KeyValuePair<string, FeelType>(f.Name, FeelTypeOf(f.Type))));

    public bool Knows(string name) => _fields.ContainsKey(name);

    public RulesetField? Field(string name) => _fields.GetValueOrDefault(name);

    public void Declare(RulesetField field)
    {
        _fields[field.Name] = field;
        _feel = null;
    }

    public void Declare(string name) => Declare(new RulesetField(name, RulesetType.Any));

    public NameScope With(params ReadOnlySpan<RulesetField> fields)
    {
        var names = new Dictionary<string, RulesetField>(_fields, StringComparer.Ordinal);
        foreach (RulesetField field in fields)
        {
            names[field.Name] = field;
        }

        return new NameScope(names);
    }

    /// <summary>The declaration behind a plain path such as <c>candidate.source</c>; null for every other expression.</summary>
    public RulesetField? FieldAt(string expression)
    {
        string[] steps = expression.Trim().Split('.');
        RulesetField? field = _fields.GetValueOrDefault(steps[0].Trim());
        for (int i = 1; i < steps.Length && field is not null; i++)
        {
            field = field.Type.Field(steps[i].Trim());
        }

        return field;
    }

    /// <summary>The declared type behind a path or behind a filtered or sorted list; any where it is not known.</summary>
    public RulesetType TypeOf(string expression)
    {
        string text = expression.Trim();
        if (text.StartsWith("sort(", StringComparison.Ordinal) && text.EndsWith(')'))
        {
            return TypeOf(BareWords.Split(text[5..^1])[0]);
        }

        int open = text.IndexOf('[', StringComparison.Ordinal);
        bool filtered = open > 0 && text.EndsWith(']') && !char.IsDigit(text[open + 1]) && Closes(text, open);
        return FieldAt(filtered ? text[..open] : text)?.Type ?? RulesetType.Any;
    }

    private static bool Closes(string text, int open)
    {
        int depth = 0;
        for (int i = open; i < text.Length; i++)
        {
            depth += text[i] switch { '[' => 1, ']' => -1, _ => 0 };
            if (depth == 0)
            {
                return i == text.Length - 1;
            }
        }

        return false;
    }

    /// <summary>The element of a list as a variable: with the element's type where the list is declared, else any.</summary>
    public RulesetField ElementOf(RulesetIteration iteration) =>
        new(iteration.Name, TypeOf(iteration.List.Text) is { Kind: RulesetTypeKind.List, Item: { } item } ? item : RulesetType.Any);

    public static FeelType FeelTypeOf(RulesetType type) => type.Kind switch
    {
        RulesetTypeKind.Text => FeelType.String,
        RulesetTypeKind.Number => FeelType.Number,
        RulesetTypeKind.Boolean => FeelType.Boolean,
        RulesetTypeKind.Date => FeelType.Date,
        RulesetTypeKind.Time => FeelType.Time,
        RulesetTypeKind.DateTime => FeelType.DateTime,
        RulesetTypeKind.DaysTimeDuration => FeelType.DaysTime,
        RulesetTypeKind.YearsMonthsDuration => FeelType.YearsMonths,
        RulesetTypeKind.List => FeelType.List(FeelTypeOf(type.Item!)),
        RulesetTypeKind.Record => FeelType.Context(type.Fields.Select(f => new KeyValuePair<string, FeelType>(f.Name, FeelTypeOf(f.Type)))),
        _ => FeelType.Any,
    };
}

namespace Ecosystem.Rules.Rulesets;

/// <summary>Finds the money among the outputs: numbers marked as money, also in records and lists of records.</summary>
internal sealed class MoneyReader(RulesetDocument document)
{
    private readonly RulesetField[] _outputs = [.. document.Outputs.Where(HasMoney)];

    public bool Any => _outputs.Length > 0;

    /// <summary>Adds the money of a result to a ledger by subject; records that name a partner belong to that partner.</summary>
    public decimal Read(IReadOnlyDictionary<string, object?> outputs, string? subject, Action<string, decimal> add)
    {
        decimal sum = 0;
        foreach (RulesetField output in _outputs)
        {
            sum += Read(output, outputs.GetValueOrDefault(output.Name), subject, add);
        }

        return sum;
    }

    private static bool HasMoney(RulesetField field) =>
        field.Money || field.Type.Fields.Any(HasMoney) || field.Type.Item?.Fields.Any(HasMoney) == true;

    private static decimal Read(RulesetField field, object? value, string? subject, Action<string, decimal> add)
    {
        switch (value)
        {
            case decimal money when field.Money:
                if (subject is not null)
                {
                    add(subject, money);
                }

                return money;
            case IReadOnlyDictionary<string, object?> record:
                return Fields(field.Type, record, subject, add);
            case IReadOnlyList<object?> list when field.Type.Item is { } item:
                decimal sum = 0;
                foreach (IReadOnlyDictionary<string, object?> element in list.OfType<IReadOnlyDictionary<string, object?>>())
                {
                    sum += Fields(item, element, subject, add);
                }

                return sum;
            default:
                return 0;
        }
    }

    private static decimal Fields(RulesetType type, IReadOnlyDictionary<string, object?> record, string? subject, Action<string, decimal> add)
    {
        string? owner = record.TryGetValue("partner", out object? partner) && partner is string name ? name : subject;
        decimal sum = 0;
        foreach (RulesetField inner in type.Fields)
        {
            sum += Read(inner, record.GetValueOrDefault(inner.Name), owner, add);
        }

        return sum;
    }
}

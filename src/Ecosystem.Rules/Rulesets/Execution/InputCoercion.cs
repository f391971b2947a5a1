using System.Collections;
using System.Globalization;
using System.Text.Json;
using Ecosystem.Rules.Feel;
using Ecosystem.Rules.Rulesets.Documents;

namespace Ecosystem.Rules.Rulesets;

/// <summary>Checks values against their declarations and converts them: JSON and YAML know no dates, callers use many kinds of numbers.</summary>
internal static class InputCoercion
{
    private static readonly Dictionary<RulesetTypeKind, FeelExpression> FromText = new()
    {
        [RulesetTypeKind.Time] = FeelExpression.Parse("time(text)"),
        [RulesetTypeKind.DateTime] = FeelExpression.Parse("date and time(text)"),
        [RulesetTypeKind.DaysTimeDuration] = FeelExpression.Parse("if duration(text) instance of days and time duration then duration(text) else null"),
        [RulesetTypeKind.YearsMonthsDuration] = FeelExpression.Parse("if duration(text) instance of years and months duration then duration(text) else null"),
    };

    /// <param name="field">The declaration.</param>
    /// <param name="value">The value; null when none was given.</param>
    /// <param name="path">Its place, for messages.</param>
    /// <param name="project">For outputs: fields of records that are not declared are left out instead of refused.</param>
    public static object? Coerce(RulesetField field, object? value, string path, bool project = false)
    {
        object? result = value is null or JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } ? null : Coerce(field.Type, value, path, project);
        if (result is null)
        {
            if (field.HasDefault)
            {
                return field.Default;
            }

            return field.Required
                ? throw new InputProblemException("missing-input", path, $"'{path}' is needed and was not given{Describe(field)}", $"give {path} ({field.Type})")
                : null;
        }

        CheckLimits(field, result, path);
        return result;
    }

    private static void CheckLimits(RulesetField field, object result, string path)
    {
        if (field.OneOf.Count > 0 && result is string text && !Contains(field.OneOf, text))
        {
            throw new InputProblemException("not-allowed", path, $"'{path}' cannot be \"{text}\"",
                Suggestion.For(text, field.OneOf) ?? $"one of {string.Join(", ", field.OneOf)}");
        }

        if (result is decimal number && (number < field.Min || number > field.Max))
        {
            throw new InputProblemException("out-of-range", path, string.Create(CultureInfo.InvariantCulture, $"'{path}' is {number}, {Range(field)} is allowed"));
        }

        if (field.MinItems > 0 && result is IReadOnlyList<object?> list && list.Count < field.MinItems)
        {
            throw new InputProblemException("too-few", path, $"'{path}' has {list.Count} elements, at least {field.MinItems} are needed");
        }
    }

    private static bool Contains(IReadOnlyList<string> allowed, string text)
    {
        for (int i = 0; i < allowed.Count; i++)
        {
            if (string.Equals(allowed[i], text, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static string Describe(RulesetField field) => field.Description is null ? "" : $": {field.Description}";

    private static string Range(RulesetField field) => (field.Min, field.Max) switch
    {
        ({ } min, { } max) => string.Create(CultureInfo.InvariantCulture, $"{min} to {max}"),
        ({ } min, null) => string.Create(CultureInfo.InvariantCulture, $"{min} or more"),
        (_, var max) => string.Create(CultureInfo.InvariantCulture, $"{max} or less"),
    };

    private static object? Coerce(RulesetType type, object value, string path, bool project) => type.Kind switch
    {
        RulesetTypeKind.Any => value is JsonElement or IEnumerable and not string ? FeelBoundary.ToClr(FeelBoundary.FromClr(value)) : value,
        RulesetTypeKind.Text => value switch
        {
            string text => text,
            JsonElement { ValueKind: JsonValueKind.String } element => element.GetString(),
            Enum member => member.ToString(),
            _ => throw Wrong(type, value, path),
        },
        RulesetTypeKind.Number => Number(value) ?? throw Wrong(type, value, path),
        RulesetTypeKind.Boolean => value switch
        {
            bool flag => flag,
            JsonElement { ValueKind: JsonValueKind.True } => true,
            JsonElement { ValueKind: JsonValueKind.False } => false,
            _ => throw Wrong(type, value, path),
        },
        RulesetTypeKind.Date => Date(value) ?? throw Wrong(type, value, path),
        RulesetTypeKind.List => List(type, value, path, project),
        RulesetTypeKind.Record => Record(type, value, path, project),
        _ => Parsed(type, value, path),
    };

    private static decimal? Number(object value) => value switch
    {
        decimal number => number,
        int number => number,
        long number => number,
        double number when double.IsFinite(number) && Math.Abs(number) < 7.9e28 => (decimal)number,
        float number when float.IsFinite(number) && Math.Abs(number) < 7.9e28 => (decimal)number,
        short number => number,
        byte number => number,
        uint number => number,
        ulong number => number,
        ushort number => number,
        sbyte number => number,
        JsonElement { ValueKind: JsonValueKind.Number } element => element.TryGetDecimal(out decimal number) ? number : null,
        _ => null,
    };

    private static object? Date(object value) => value switch
    {
        DateOnly or FeelDate => value,
        string text => ParseDate(text),
        JsonElement { ValueKind: JsonValueKind.String } element => ParseDate(element.GetString()!),
        _ => null,
    };

    /// <summary>A day as <c>yyyy-MM-dd</c>. By hand, since nearly every decision has one and the general parser takes longer than the decision.</summary>
    private static DateOnly? ParseDate(string text)
    {
        if (text.Length != 10 || text[4] != '-' || text[7] != '-')
        {
            return null;
        }

        int year = 0, month = 0, day = 0;
        for (int i = 0; i < 10; i++)
        {
            if (i is 4 or 7)
            {
                continue;
            }

            if (!char.IsAsciiDigit(text[i]))
            {
                return null;
            }

            ref int part = ref i < 4 ? ref year : ref i < 7 ? ref month : ref day;
            part = (part * 10) + (text[i] - '0');
        }

        return year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;
    }

    private static object? Parsed(RulesetType type, object value, string path)
    {
        string? text = value switch
        {
            string given => given,
            JsonElement { ValueKind: JsonValueKind.String } element => element.GetString(),
            _ => null,
        };
        if (text is not null)
        {
            return FromText[type.Kind].Evaluate(new Dictionary<string, object?> { ["text"] = text }) ?? throw Wrong(type, value, path);
        }

        bool fits = type.Kind switch
        {
            RulesetTypeKind.Time => value is TimeOnly or FeelTime,
            RulesetTypeKind.DateTime => value is DateTimeOffset or FeelDateTime,
            RulesetTypeKind.DaysTimeDuration => value is TimeSpan or FeelDaysTime,
            _ => value is FeelYearsMonths,
        };
        return fits ? value : throw Wrong(type, value, path);
    }

    private static FeelList List(RulesetType type, object value, string path, bool project)
    {
        IEnumerable? items = value switch
        {
            string => null,
            JsonElement { ValueKind: JsonValueKind.Array } element => element.EnumerateArray(),
            IReadOnlyDictionary<string, object?> or IDictionary => null,
            IEnumerable enumerable => enumerable,
            _ => null,
        };
        if (items is null)
        {
            throw Wrong(type, value, path);
        }

        var result = items is ICollection known ? new List<FeelValue>(known.Count) : [];
        foreach (object? item in items)
        {
            object? element = item is null || type.Item is null
                ? item
                : Coerce(type.Item, item, string.Create(CultureInfo.InvariantCulture, $"{path}[{result.Count + 1}]"), project);
            result.Add(FeelBoundary.FromClr(element));
        }

        return result.Count == 0 ? FeelList.Empty : new FeelList([.. result]);
    }

    private static FeelRecord Record(RulesetType type, object value, string path, bool project)
    {
        IReadOnlyDictionary<string, object?> given = value switch
        {
            IReadOnlyDictionary<string, object?> record => record,
            JsonElement { ValueKind: JsonValueKind.Object } element => RulesetInputs.Members(element, path),
            _ => throw Wrong(type, value, path),
        };
        var values = new FeelValue[type.Fields.Count];
        int taken = 0;
        for (int i = 0; i < values.Length; i++)
        {
            RulesetField field = type.Fields[i];
            if (given.TryGetValue(field.Name, out object? raw))
            {
                taken++;
            }

            values[i] = FeelBoundary.FromClr(Coerce(field, raw, $"{path}.{field.Name}", project));
        }

        if (taken != given.Count && !project)
        {
            string unknown = given.Keys.First(k => type.Field(k) is null);
            throw new InputProblemException("unknown-input", $"{path}.{unknown}", $"'{path}' has no field '{unknown}'", Suggestion.For(unknown, type.Fields.Select(f => f.Name)));
        }

        return new FeelRecord(type.FieldNames, values);
    }

    private static InputProblemException Wrong(RulesetType type, object value, string path) =>
        new("wrong-type", path, $"'{path}' has to be a {type}, {PlainWords.Describe(value)} was given");
}

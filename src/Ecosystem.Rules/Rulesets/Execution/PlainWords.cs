using System.Collections;
using System.Globalization;
using System.Text.Json;

namespace Ecosystem.Rules.Rulesets;

/// <summary>Writes values as people read them: no quotes around texts, no trailing zeros, "nothing" for null.</summary>
internal static class PlainWords
{
    private const int Longest = 200;

    public static string Of(object? value) => value switch
    {
        null => "nothing",
        string text => text,
        decimal number => Number(number),
        true => "yes",
        false => "no",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IReadOnlyDictionary<string, object?> record => string.Join(", ", record.Select(e => $"{e.Key} {Of(e.Value)}")),
        IReadOnlyList<object?> list => list.Count == 0 ? "nothing" : string.Join(", ", list.Select(Of)),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>A value with its kind, for messages about values that do not fit.</summary>
    public static string Describe(object? value)
    {
        string text = value switch
        {
            null => "nothing",
            string given => $"the text \"{given}\"",
            JsonElement { ValueKind: JsonValueKind.String } element => $"the text \"{element.GetString()}\"",
            JsonElement element => element.GetRawText(),
            bool flag => flag ? "true" : "false",
            decimal number => $"the number {Number(number)}",
            IReadOnlyDictionary<string, object?> => "a record",
            IEnumerable => "a list",
            _ => Of(value),
        };
        return text.Length > Longest ? string.Concat(text.AsSpan(0, Longest), "…") : text;
    }

    public static string Number(decimal number)
    {
        string text = number.ToString(CultureInfo.InvariantCulture);
        return text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;
    }
}

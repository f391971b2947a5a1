using System.Globalization;
using System.Text.RegularExpressions;
using Ecosystem.Rules.Rulesets.Documents;

namespace Ecosystem.Rules.Rulesets;

/// <summary>Cells of tables in plain words: "at least 70", "from 0.6 to under 0.85", "gold or platinum".</summary>
internal static partial class CellWords
{
    public static string Test(string column, string cell)
    {
        string text = cell.Trim();
        if (text is "true" or "false")
        {
            return text == "true" ? $"{column} holds" : $"{column} does not hold";
        }

        return text == "null" ? $"{column} is not given" : $"{column} is {Items(text)}";
    }

    public static string Result(string column, string cell)
    {
        string text = cell.Trim();
        return text switch
        {
            "true" => $"{column}: yes",
            "false" => $"{column}: no",
            "null" => $"{column}: nothing",
            _ => $"{column}: {Plain(text)}",
        };
    }

    private static string Items(string text)
    {
        if (text.StartsWith("not(", StringComparison.Ordinal) && text.EndsWith(')'))
        {
            return $"not {Items(text[4..^1])}";
        }

        string[] items = [.. BareWords.Split(text).Select(Item)];
        return items.Length == 1 ? items[0] : $"{string.Join(", ", items[..^1])} or {items[^1]}";
    }

    private static string Item(string text)
    {
        foreach ((string sign, string words) in Comparisons)
        {
            if (text.StartsWith(sign, StringComparison.Ordinal))
            {
                return $"{words} {Plain(text[sign.Length..])}";
            }
        }

        Match range = Range().Match(text);
        if (!range.Success)
        {
            return Plain(text);
        }

        string from = range.Groups[1].Value is "[" ? "from" : "over", to = range.Groups[4].Value is "]" ? "to" : "to under";
        return string.Create(CultureInfo.InvariantCulture, $"{from} {Plain(range.Groups[2].Value)} {to} {Plain(range.Groups[3].Value)}");
    }

    private static readonly (string Sign, string Words)[] Comparisons =
        [("<=", "at most"), (">=", "at least"), ("<", "under"), (">", "over"), ("!=", "not"), ("=", "exactly")];

    private static string Plain(string text)
    {
        string trimmed = text.Trim();
        if (trimmed.Length > 1 && trimmed[0] == '"' && trimmed.IndexOf('"', 1) == trimmed.Length - 1)
        {
            return trimmed[1..^1];
        }

        Match date = Date().Match(trimmed);
        return date.Success ? date.Groups[1].Value : YamlData.TryNumber(trimmed, out decimal number) ? PlainWords.Number(number) : trimmed;
    }

    [GeneratedRegex(@"^([\[\(\]])\s*(.+?)\s*\.\.\s*(.+?)\s*([\]\)\[])$", RegexOptions.CultureInvariant)]
    private static partial Regex Range();

    [GeneratedRegex("^(?:date\\(|@)\"([0-9-]+)\"\\)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Date();
}

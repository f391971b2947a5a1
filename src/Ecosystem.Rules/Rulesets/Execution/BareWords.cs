using System.Text;

namespace Ecosystem.Rules.Rulesets;

/// <summary>
/// In the cells of a column whose texts are listed (<c>oneOf</c>), a bare word that is one of them stands for that text:
/// <c>gold, platinum</c> means <c>"gold", "platinum"</c> and <c>not(gold)</c> means <c>not("gold")</c>.
/// </summary>
internal static class BareWords
{
    public static string Test(string cell, IReadOnlyList<string> allowed)
    {
        string text = cell.Trim();
        if (allowed.Count == 0)
        {
            return text;
        }

        if (text.StartsWith("not(", StringComparison.Ordinal) && text.EndsWith(')'))
        {
            return $"not({Items(text[4..^1], allowed)})";
        }

        return Items(text, allowed);
    }

    public static string Result(string cell, IReadOnlyList<string> allowed)
    {
        string text = cell.Trim();
        return allowed.Contains(text, StringComparer.Ordinal) ? Quote(text) : text;
    }

    public static string Quote(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Items(string text, IReadOnlyList<string> allowed)
    {
        var result = new StringBuilder();
        foreach (string item in Split(text))
        {
            if (result.Length > 0)
            {
                result.Append(", ");
            }

            result.Append(Result(item, allowed));
        }

        return result.ToString();
    }

    /// <summary>Splits at the commas that stand outside of quotes and brackets.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        var items = new List<string>();
        int depth = 0, start = 0;
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quoted)
            {
                quoted = c != '"' || text[i - 1] == '\\';
                continue;
            }

            switch (c)
            {
                case '"':
                    quoted = true;
                    break;
                case '(' or '[' or '{':
                    depth++;
                    break;
                case ')' or ']' or '}':
                    depth--;
                    break;
                case ',' when depth == 0:
                    items.Add(text[start..i].Trim());
                    start = i + 1;
                    break;
            }
        }

        items.Add(text[start..].Trim());
        return items;
    }
}

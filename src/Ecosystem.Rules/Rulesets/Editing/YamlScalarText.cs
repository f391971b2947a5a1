using System.Text;
using Ecosystem.Rules.Rulesets.Documents;
using YamlDotNet.RepresentationModel;

namespace Ecosystem.Rules.Rulesets;

/// <summary>Writes scalars: plain where that is the same value, else in double quotes, in single quotes where the text has double ones.</summary>
internal static class YamlScalarText
{
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase) { "", "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n" };

    public static string Write(YamlScalarNode scalar, bool flow)
    {
        string text = scalar.Value ?? "";
        if (YamlData.IsPlain(scalar))
        {
            return text.Length == 0 ? "null" : text;
        }

        return Quote(text, flow);
    }

    /// <summary>A text that has to stay a text.</summary>
    public static string Quote(string text, bool flow)
    {
        if (!Words.Contains(text) && !YamlData.TryNumber(text, out _) && IsPlain(text, flow))
        {
            return text;
        }

        if (text.Any(char.IsControl))
        {
            return $"\"{Escape(text)}\"";
        }

        return text.Contains('"', StringComparison.Ordinal) || text.Contains('\\', StringComparison.Ordinal)
            ? $"'{text.Replace("'", "''", StringComparison.Ordinal)}'"
            : $"\"{text}\"";
    }

    /// <summary>A text of several lines, after its key.</summary>
    public static string Block(YamlScalarNode scalar, int indent)
    {
        string text = scalar.Value ?? "";
        if (text.Any(c => char.IsControl(c) && c != '\n') || text.StartsWith(' ') || text.StartsWith('\n'))
        {
            return $" \"{Escape(text)}\"\n";
        }

        string head = text.EndsWith("\n\n", StringComparison.Ordinal) || text == "\n" ? " |+\n" : text.EndsWith('\n') ? " |\n" : " |-\n";
        var block = new StringBuilder(head);
        string body = text.EndsWith('\n') ? text[..^1] : text;
        foreach (string line in body.Split('\n'))
        {
            block.Append(' ', line.Length == 0 ? 0 : indent).Append(line).Append('\n');
        }

        return block.ToString();
    }

    private static bool IsPlain(string text, bool flow)
    {
        if (text != text.Trim() || "-?:,[]{}#&*!|>'\"%@`=".Contains(text[0], StringComparison.Ordinal) || text.Any(char.IsControl))
        {
            return false;
        }

        return !text.Contains(": ", StringComparison.Ordinal) && !text.EndsWith(':') && !text.Contains(" #", StringComparison.Ordinal)
            && (!flow || text.IndexOfAny([',', '[', ']', '{', '}', ':']) < 0);
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (char c in text)
        {
            escaped.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\t' => "\\t",
                '\r' => "\\r",
                _ when char.IsControl(c) => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }

        return escaped.ToString();
    }
}

using System.Text;

namespace Ecosystem.Rules.Rulesets;

/// <summary>A reason in plain words with expressions in braces.</summary>
internal sealed class ReasonTemplate(IReadOnlyList<object> parts)
{
    private readonly string? _constant = parts.All(p => p is string) ? string.Concat(parts) : null;

    public string Render(RunState state)
    {
        if (_constant is not null)
        {
            return _constant;
        }

        var text = new StringBuilder();
        foreach (object part in parts)
        {
            text.Append(part is CompiledExpression expression ? PlainWords.Of(expression.Evaluate(state)) : (string)part);
        }

        return text.ToString();
    }

    /// <summary>Splits a text at its braces; doubled braces stand for themselves.</summary>
    /// <returns>Texts and expressions in turn, with the offset of each expression; null when a brace is not closed.</returns>
    public static List<(string Text, bool IsExpression, int Offset)>? Split(string template)
    {
        var parts = new List<(string, bool, int)>();
        var literal = new StringBuilder();
        int i = 0;
        while (i < template.Length)
        {
            char c = template[i];
            if (c is '{' or '}' && i + 1 < template.Length && template[i + 1] == c)
            {
                literal.Append(c);
                i += 2;
            }
            else if (c == '{')
            {
                int end = Close(template, i);
                if (end < 0)
                {
                    return null;
                }

                if (literal.Length > 0)
                {
                    parts.Add((literal.ToString(), false, 0));
                    literal.Clear();
                }

                parts.Add((template[(i + 1)..end], true, i + 1));
                i = end + 1;
            }
            else
            {
                literal.Append(c);
                i++;
            }
        }

        if (literal.Length > 0)
        {
            parts.Add((literal.ToString(), false, 0));
        }

        return parts;
    }

    private static int Close(string template, int open)
    {
        int depth = 0;
        bool quoted = false;
        for (int i = open; i < template.Length; i++)
        {
            char c = template[i];
            if (quoted)
            {
                quoted = c != '"' || template[i - 1] == '\\';
            }
            else if (c == '"')
            {
                quoted = true;
            }
            else if (c == '{')
            {
                depth++;
            }
            else if (c == '}' && --depth == 0)
            {
                return i;
            }
        }

        return -1;
    }
}

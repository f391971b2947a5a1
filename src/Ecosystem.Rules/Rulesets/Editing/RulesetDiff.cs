using System.Globalization;
using System.Text;

namespace Ecosystem.Rules.Rulesets;

/// <summary>A line diff of two ruleset texts. Both are brought into the one layout first, so that only what they say can differ.</summary>
public static class RulesetDiff
{
    private const int Context = 3;

    /// <summary>Compares two texts.</summary>
    /// <param name="before">The earlier YAML text.</param>
    /// <param name="after">The later YAML text.</param>
    /// <param name="beforeName">Name of the earlier text for the head.</param>
    /// <param name="afterName">Name of the later text for the head.</param>
    /// <returns>A unified diff; empty when both say the same in the same words.</returns>
    /// <exception cref="RulesetException">One of them is not valid YAML or no ruleset; its name is told.</exception>
    public static string Unified(string before, string after, string beforeName = "before", string afterName = "after")
    {
        IReadOnlyList<(char Kind, string Line)> steps = LineDiff.Compute(Lines(before, beforeName), Lines(after, afterName));
        var text = new StringBuilder();
        int oldLine = 1, newLine = 1, i = 0;
        while (i < steps.Count)
        {
            int change = i;
            while (change < steps.Count && steps[change].Kind == ' ')
            {
                change++;
            }

            if (change == steps.Count)
            {
                break;
            }

            int start = Math.Max(i, change - Context);
            oldLine += start - i;
            newLine += start - i;
            int end = End(steps, change);
            if (text.Length == 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"--- {beforeName}\n+++ {afterName}\n");
            }

            int removed = steps.Skip(start).Take(end - start).Count(s => s.Kind != '+'), added = steps.Skip(start).Take(end - start).Count(s => s.Kind != '-');
            text.Append(CultureInfo.InvariantCulture, $"@@ -{oldLine},{removed} +{newLine},{added} @@\n");
            for (int at = start; at < end; at++)
            {
                text.Append(steps[at].Kind).Append(steps[at].Line).Append('\n');
            }

            oldLine += removed;
            newLine += added;
            i = end;
        }

        return text.ToString();
    }

    /// <summary>The end of a group of changes: where more than two contexts of equal lines follow.</summary>
    private static int End(IReadOnlyList<(char Kind, string Line)> steps, int change)
    {
        int last = change;
        for (int at = change; at < steps.Count && at - last <= 2 * Context; at++)
        {
            if (steps[at].Kind != ' ')
            {
                last = at;
            }
        }

        return Math.Min(steps.Count, last + Context + 1);
    }

    private static string[] Lines(string yaml, string source) => RulesetFormatter.Format(yaml, source).TrimEnd('\n').Split('\n');
}

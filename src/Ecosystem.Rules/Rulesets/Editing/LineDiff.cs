namespace Ecosystem.Rules.Rulesets;

/// <summary>
/// The shortest edit from one list of lines to another (Myers' greedy algorithm). Lists that have next to nothing in common are told as one
/// text that goes and another that comes, as the search for the shortest edit would take time and memory with the square of their lengths.
/// </summary>
internal static class LineDiff
{
    private const int MostEdits = 3_000;

    /// <summary>Steps in order: ' ' for a line in both, '-' for one that goes, '+' for one that comes.</summary>
    public static IReadOnlyList<(char Kind, string Line)> Compute(string[] before, string[] after)
    {
        int start = 0, end = 0, shorter = Math.Min(before.Length, after.Length);
        while (start < shorter && string.Equals(before[start], after[start], StringComparison.Ordinal))
        {
            start++;
        }

        while (end < shorter - start && string.Equals(before[^(end + 1)], after[^(end + 1)], StringComparison.Ordinal))
        {
            end++;
        }

        ArraySegment<string> old = new(before, start, before.Length - start - end), now = new(after, start, after.Length - start - end);
        return
        [
            .. before.Take(start).Select(line => (' ', line)),
            .. Search(old, now) ?? [.. old.Select(line => ('-', line)), .. now.Select(line => ('+', line))],
            .. before.Skip(before.Length - end).Select(line => (' ', line)),
        ];
    }

    /// <summary>The shortest edit; null when it takes more steps than are looked for.</summary>
    private static List<(char Kind, string Line)>? Search(ArraySegment<string> before, ArraySegment<string> after)
    {
        int n = before.Count, m = after.Count, most = Math.Min(n + m, MostEdits);
        // The furthest line of the earlier list reached on diagonal k stands at most + 1 + k.
        var frontier = new int[(2 * most) + 3];
        var trace = new List<int[]>();
        for (int d = 0; d <= most; d++)
        {
            trace.Add(frontier[(most - d)..(most + d + 3)]);
            for (int k = -d; k <= d; k += 2)
            {
                int at = most + 1 + k;
                int x = k == -d || (k != d && frontier[at - 1] < frontier[at + 1]) ? frontier[at + 1] : frontier[at - 1] + 1;
                int y = x - k;
                while (x < n && y < m && string.Equals(before[x], after[y], StringComparison.Ordinal))
                {
                    x++;
                    y++;
                }

                frontier[at] = x;
                if (x >= n && y >= m)
                {
                    return Walk(before, after, trace);
                }
            }
        }

        return null;
    }

    private static List<(char Kind, string Line)> Walk(ArraySegment<string> before, ArraySegment<string> after, List<int[]> trace)
    {
        var steps = new List<(char, string)>();
        int x = before.Count, y = after.Count;
        for (int d = trace.Count - 1; d >= 0; d--)
        {
            // Of each round the diagonals -d - 1 to d + 1 are kept.
            int[] frontier = trace[d];
            int k = x - y, at = d + 1 + k;
            int from = k == -d || (k != d && frontier[at - 1] < frontier[at + 1]) ? k + 1 : k - 1;
            int fromX = d == 0 ? 0 : frontier[d + 1 + from], fromY = d == 0 ? 0 : fromX - from;
            while (x > fromX && y > fromY)
            {
                steps.Add((' ', before[--x]));
                y--;
            }

            if (d > 0)
            {
                steps.Add(x == fromX ? ('+', after[--y]) : ('-', before[--x]));
            }
        }

        steps.Reverse();
        return steps;
    }
}

namespace Ecosystem.Rules.Rulesets;

/// <summary>The shortest edit from one list of lines to another (Myers' greedy algorithm).</summary>
internal static class LineDiff
{
    /// <summary>Steps in order: ' ' for a line in both, '-' for one that goes, '+' for one that comes.</summary>
    public static IReadOnlyList<(char Kind, string Line)> Compute(string[] before, string[] after)
    {
        int n = before.Length, m = after.Length, max = n + m;
        var frontier = new int[(2 * max) + 2];
        var trace = new List<int[]>();
        for (int d = 0; d <= max; d++)
        {
            trace.Add((int[])frontier.Clone());
            for (int k = -d; k <= d; k += 2)
            {
                int x = k == -d || (k != d && frontier[max + k - 1] < frontier[max + k + 1]) ? frontier[max + k + 1] : frontier[max + k - 1] + 1;
                int y = x - k;
                while (x < n && y < m && string.Equals(before[x], after[y], StringComparison.Ordinal))
                {
                    x++;
                    y++;
                }

                frontier[max + k] = x;
                if (x >= n && y >= m)
                {
                    return Walk(before, after, trace, max);
                }
            }
        }

        return [];
    }

    private static List<(char Kind, string Line)> Walk(string[] before, string[] after, List<int[]> trace, int max)
    {
        var steps = new List<(char, string)>();
        int x = before.Length, y = after.Length;
        for (int d = trace.Count - 1; d >= 0; d--)
        {
            int[] frontier = trace[d];
            int k = x - y;
            int from = k == -d || (k != d && frontier[max + k - 1] < frontier[max + k + 1]) ? k + 1 : k - 1;
            int fromX = d == 0 ? 0 : frontier[max + from], fromY = d == 0 ? 0 : fromX - from;
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

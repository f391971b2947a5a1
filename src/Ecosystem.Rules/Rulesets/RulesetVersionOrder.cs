using System.Globalization;

namespace Ecosystem.Rules.Rulesets;

/// <summary>Orders versions such as 1.9.0 before 1.10.0: numbers by value, anything else as text.</summary>
public sealed class RulesetVersionOrder : IComparer<string>
{
    /// <summary>The order; there is one only.</summary>
    public static readonly RulesetVersionOrder Instance = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        string[] a = (x ?? "").Split('.'), b = (y ?? "").Split('.');
        for (int i = 0; i < Math.Min(a.Length, b.Length); i++)
        {
            bool numbers = int.TryParse(a[i], NumberStyles.None, CultureInfo.InvariantCulture, out int left)
                & int.TryParse(b[i], NumberStyles.None, CultureInfo.InvariantCulture, out int right);
            int order = numbers ? left.CompareTo(right) : string.CompareOrdinal(a[i], b[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return a.Length.CompareTo(b.Length);
    }
}

using Ecosystem.Workflows.Partners.Matching;

namespace Ecosystem.Workflows.Deals;

/// <summary>Compares what two deals or claims are about.</summary>
internal static class ProductScope
{
    /// <summary>Share of the smaller product set that both have, 0 to 1.</summary>
    public static decimal Overlap(IReadOnlyCollection<string> one, IReadOnlyCollection<string> other)
    {
        if (one.Count == 0 || other.Count == 0)
        {
            return 0m;
        }

        HashSet<string> keys = [.. one.Select(CompanyName.Key)];
        var common = other.Select(CompanyName.Key).Distinct(StringComparer.Ordinal).Count(keys.Contains);
        return Math.Round((decimal)common / Math.Min(one.Count, other.Count), 4);
    }
}

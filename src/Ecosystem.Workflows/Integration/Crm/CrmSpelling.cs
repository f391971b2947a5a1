using System.Collections.Frozen;

namespace Ecosystem.Workflows.Integration.Crm;

/// <summary>Spellings that CRM exports are known to get wrong. Only what is certain is put right: a misspelt word with one meaning.</summary>
internal static class CrmSpelling
{
    public static FrozenDictionary<string, string> Sectors { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["technolgy"] = "technology", ["tecnology"] = "technology", ["telecomunications"] = "telecommunications", ["entertainmant"] = "entertainment",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static FrozenDictionary<string, string> Countries { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["Philipines"] = "Philippines", ["Phillipines"] = "Philippines", ["Unites States"] = "United States", ["Columbia"] = "Colombia",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Finds the one product whose name differs only in spaces, hyphens and case; null when none or more than one does.
    /// </summary>
    public static string? Product(string found, IEnumerable<string> known)
    {
        var matches = known.Where(name => string.Equals(Key(name), Key(found), StringComparison.OrdinalIgnoreCase)).Take(2).ToList();
        return matches.Count == 1 ? matches[0] : null;
    }

    private static string Key(string name) =>
        name.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
}

using System.Globalization;

namespace Ecosystem.Designer.Components;

/// <summary>Countries to choose from, by name.</summary>
internal static class Countries
{
    /// <summary>ISO 3166 codes and English names, in the order of the names.</summary>
    public static readonly IReadOnlyList<KeyValuePair<string, string>> All = [.. CultureInfo.GetCultures(CultureTypes.SpecificCultures)
        .Select(culture => new RegionInfo(culture.Name))
        .Where(region => region.TwoLetterISORegionName.Length == 2 && region.TwoLetterISORegionName.All(char.IsAsciiLetterUpper))
        .GroupBy(region => region.TwoLetterISORegionName)
        .Select(group => KeyValuePair.Create(group.Key, group.First().EnglishName))
        .OrderBy(pair => pair.Value, StringComparer.Ordinal)];

    /// <summary>The name of a code, or the code itself.</summary>
    public static string NameOf(string? code) => All.FirstOrDefault(pair => pair.Key == code).Value ?? code ?? "–";
}

using System.Reflection;
using System.Text;
using MudBlazor;

namespace Ecosystem.Designer.Elsa;

/// <summary>
/// The icons and colours of our activities on Studio's canvas. Studio knows those of Elsa's own activities only and gives every other the
/// same cube; a style sheet made from the descriptors puts theirs in its place.
/// </summary>
internal static class StudioIcons
{
    private const string Plain = "#4d5b60";

    private static readonly Dictionary<string, string> Colours = new(StringComparer.Ordinal)
    {
        ["People"] = "#a8480a", ["Decisions"] = "#1d4ed8", ["Deals"] = "#0f766e", ["Partners"] = "#1f5566", ["Incentives"] = "#15803d",
        ["Enablement"] = "#6d28d9", ["Communication"] = "#be185d", ["Waiting"] = "#7a5c00", ["Processes"] = "#4338ca",
    };

    /// <summary>One rule per activity type with an icon of ours, on the canvas and in the list of activities.</summary>
    public static string Css(IEnumerable<ActivityDescriptor> activities)
    {
        var css = new StringBuilder();
        foreach (var activity in activities.Where(activity => activity.Icon is not null))
        {
            var colour = Colours.GetValueOrDefault(activity.Category, Plain);
            var icon = Uri.EscapeDataString($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\">{Svg(activity.Icon!)}</svg>");
            var node = $"elsa-activity-wrapper[activity-json*='\"type\":\"{activity.TypeName}\"']";
            var entry = $"[draggable][data-activity=\"{activity.TypeName}\"]";
            css.Append(System.Globalization.CultureInfo.InvariantCulture, $$"""
                {{node}} .elsa-activity{--elsa-activity-accent:{{colour}}!important}
                {{entry}}{border-left-color:{{colour}}!important}
                {{node}} .activity-icon svg>*,{{entry}} svg>*{display:none}
                {{node}} .activity-icon svg,{{entry}} svg{background:currentColor;-webkit-mask:url("data:image/svg+xml,{{icon}}") center/contain no-repeat;mask:url("data:image/svg+xml,{{icon}}") center/contain no-repeat}

                """);
        }

        return css.ToString();
    }

    /// <summary>Types by what the list of activities calls them.</summary>
    public static Dictionary<string, string> ByName(IEnumerable<ActivityDescriptor> activities) => activities
        .Where(activity => activity.Icon is not null)
        .GroupBy(activity => activity.DisplayName, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.First().TypeName, StringComparer.Ordinal);

    // "compare_arrows" is the field CompareArrows of MudBlazor's icons.
    private static string Svg(string icon)
    {
        var name = string.Concat(icon.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        return typeof(Icons.Material.Outlined).GetField(name, BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string ?? Icons.Material.Outlined.Bolt;
    }
}

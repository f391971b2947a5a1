using System.Globalization;
using System.Xml;

namespace Ecosystem.Workflows.Definitions;

/// <summary>Reads durations as definitions write them.</summary>
internal static class Durations
{
    /// <summary>Reads <c>d.hh:mm:ss</c>, ISO 8601 (<c>P3DT4H</c>), or a number of milliseconds as scripts give it.</summary>
    internal static TimeSpan? Parse(object? value)
    {
        switch (value)
        {
            case decimal milliseconds when milliseconds >= 0 && milliseconds < 1e14m:
                return TimeSpan.FromMilliseconds((double)milliseconds);
            case string text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && text.Contains(':', StringComparison.Ordinal):
                return span;
            case string text when text.StartsWith('P') || text.StartsWith("-P", StringComparison.Ordinal):
                try
                {
                    return XmlConvert.ToTimeSpan(text);
                }
                catch (FormatException)
                {
                    return null;
                }

            default:
                return null;
        }
    }
}

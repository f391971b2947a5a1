using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Ecosystem.Rules.Rulesets.Documents;

/// <summary>Turns YAML data (test inputs, expectations, defaults) into plain values.</summary>
internal static class YamlData
{
    public static object? Value(YamlNode node) => node switch
    {
        YamlScalarNode scalar => Scalar(scalar),
        YamlSequenceNode list => list.Children.Select(Value).ToArray(),
        YamlMappingNode map => Record(map),
        _ => null,
    };

    public static Dictionary<string, object?> Record(YamlMappingNode map)
    {
        var record = new Dictionary<string, object?>(map.Children.Count, StringComparer.Ordinal);
        foreach ((YamlNode key, YamlNode value) in map.Children)
        {
            record[Key(key)] = Value(value);
        }

        return record;
    }

    public static string Key(YamlNode key) => (key as YamlScalarNode)?.Value ?? key.ToString();

    public static bool IsNull(YamlNode node) =>
        node is YamlScalarNode { Style: ScalarStyle.Plain or ScalarStyle.Any, Value: null or "" or "~" or "null" or "Null" or "NULL" };

    public static bool IsPlain(YamlScalarNode scalar) => scalar.Style is ScalarStyle.Plain or ScalarStyle.Any;

    public static bool TryNumber(string? text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number);

    private static object? Scalar(YamlScalarNode scalar)
    {
        if (!IsPlain(scalar))
        {
            return scalar.Value;
        }

        if (IsNull(scalar))
        {
            return null;
        }

        return scalar.Value switch
        {
            "true" or "True" or "TRUE" => true,
            "false" or "False" or "FALSE" => false,
            _ => TryNumber(scalar.Value, out decimal number) ? number : scalar.Value,
        };
    }
}

using YamlDotNet.RepresentationModel;

namespace Ecosystem.Rules.Rulesets;

/// <summary>Writes a node on one line.</summary>
internal static class YamlFlow
{
    public static string Write(YamlNode node) => Write(node, flow: false);

    private static string Write(YamlNode node, bool flow) => node switch
    {
        YamlScalarNode scalar => YamlScalarText.Write(scalar, flow),
        YamlSequenceNode { Children.Count: 0 } => "[]",
        YamlSequenceNode list => $"[{string.Join(", ", list.Children.Select(c => Write(c, flow: true)))}]",
        YamlMappingNode { Children.Count: 0 } => "{}",
        YamlMappingNode map => $"{{ {string.Join(", ", map.Children.Select(c => $"{Write(c.Key, flow: true)}: {Write(c.Value, flow: true)}"))} }}",
        _ => "",
    };
}

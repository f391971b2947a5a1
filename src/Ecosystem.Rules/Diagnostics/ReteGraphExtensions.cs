using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace Ecosystem.Rules.Diagnostics;

/// <summary>Draws the network.</summary>
public static class ReteGraphExtensions
{
    private static readonly XNamespace Dgml = "http://schemas.microsoft.com/vs/2009/dgml";

    /// <summary>Draws the network for Graphviz, with counts and times if metrics are given.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="metrics">Metrics of a session, or null.</param>
    /// <returns>Text in the DOT language.</returns>
    public static string ToDot(this ReteGraph graph, IMetricsProvider? metrics = null)
    {
        var text = new StringBuilder("digraph rules {\n  rankdir=TB;\n  node [shape=box, fontname=\"sans-serif\"];\n");
        foreach (var node in graph.Nodes)
        {
            var label = Label(node, metrics).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
            text.Append(CultureInfo.InvariantCulture, $"  n{node.Id} [label=\"{label.Replace("\n", "\\n", StringComparison.Ordinal)}\"];\n");
        }

        foreach (var link in graph.Links)
        {
            text.Append(CultureInfo.InvariantCulture, $"  n{link.Source.Id} -> n{link.Target.Id};\n");
        }

        return text.Append("}\n").ToString();
    }

    /// <summary>Draws the network for Visual Studio's graph viewer, with counts and times if metrics are given.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="metrics">Metrics of a session, or null.</param>
    /// <returns>Text in DGML.</returns>
    public static string ToDgml(this ReteGraph graph, IMetricsProvider? metrics = null)
    {
        var root = new XElement(
            Dgml + "DirectedGraph",
            new XElement(Dgml + "Nodes", graph.Nodes.Select(n => new XElement(
                Dgml + "Node",
                new XAttribute("Id", n.Id),
                new XAttribute("Category", n.NodeType),
                new XAttribute("Label", Label(n, metrics))))),
            new XElement(Dgml + "Links", graph.Links.Select(l => new XElement(
                Dgml + "Link", new XAttribute("Source", l.Source.Id), new XAttribute("Target", l.Target.Id)))));
        return new XDeclaration("1.0", "utf-8", null) + Environment.NewLine + root;
    }

    private static string Label(ReteNode node, IMetricsProvider? metrics)
    {
        var lines = new List<string> { $"{node.NodeType} {node.Id}" };
        if (node.OutputType is not null)
        {
            lines.Add(ConditionText.TypeName(node.OutputType));
        }

        lines.AddRange(node.Properties.Select(p => $"{p.Key}: {p.Value}"));
        lines.AddRange(node.Expressions.Select(e => $"{e.Key}: {ConditionText.Text(e.Value)}"));
        if (node.NodeType == NodeType.Rule)
        {
            lines.AddRange(node.Rules.Select(r => r.Name));
        }

        if (metrics?.FindByNodeId(node.Id) is { } counts)
        {
            lines.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"in {counts.InsertInputCount}/{counts.UpdateInputCount}/{counts.RetractInputCount}, "
                + $"out {counts.InsertOutputCount}/{counts.UpdateOutputCount}/{counts.RetractOutputCount}, holds {counts.ElementCount ?? 0}"));
            var milliseconds = counts.InsertDurationMilliseconds + counts.UpdateDurationMilliseconds + counts.RetractDurationMilliseconds;
            if (milliseconds > 0)
            {
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"{milliseconds} ms"));
            }
        }

        return string.Join('\n', lines);
    }
}

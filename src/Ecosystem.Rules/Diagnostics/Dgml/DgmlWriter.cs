using System.Xml;
using System.Xml.Linq;

namespace Ecosystem.Rules.Diagnostics.Dgml;

/// <summary>Writes the network as DGML, the format of Visual Studio's graph viewer.</summary>
public class DgmlWriter
{
    private readonly ReteGraph _schema;
    private IMetricsProvider? _metrics;
    private HashSet<string>? _rules;

    /// <summary>Creates the writer.</summary>
    /// <param name="schema">The network.</param>
    public DgmlWriter(ReteGraph schema)
    {
        _schema = schema;
    }

    /// <summary>Writes only the nodes that some rules use.</summary>
    /// <param name="ruleNames">Names of the rules; null for all.</param>
    public void SetRuleFilter(IEnumerable<string>? ruleNames) => _rules = ruleNames?.ToHashSet();

    /// <summary>Adds counts and times.</summary>
    /// <param name="metricsProvider">Metrics of a session; null for none.</param>
    public void SetMetricsProvider(IMetricsProvider? metricsProvider) => _metrics = metricsProvider;

    /// <summary>Writes the graph to a file.</summary>
    /// <param name="fileName">Name of the file.</param>
    public void WriteAllText(string fileName) => File.WriteAllText(fileName, GetContents());

    /// <summary>Writes the graph as XML.</summary>
    /// <param name="writer">Where to.</param>
    public void WriteXml(XmlWriter writer) => XElement.Parse(GetContents()).WriteTo(writer);

    /// <summary>Gets the graph as text.</summary>
    /// <returns>DGML.</returns>
    public string GetContents()
    {
        if (_rules is null)
        {
            return _schema.ToDgml(_metrics);
        }

        var nodes = _schema.Nodes.Where(n => n.Rules.Any(r => _rules.Contains(r.Name))).ToHashSet();
        var links = _schema.Links.Where(l => nodes.Contains(l.Source) && nodes.Contains(l.Target));
        return new ReteGraph([.. nodes], [.. links]).ToDgml(_metrics);
    }
}

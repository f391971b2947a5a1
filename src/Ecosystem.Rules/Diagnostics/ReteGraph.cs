namespace Ecosystem.Rules.Diagnostics;

/// <summary>The network that rules were compiled to.</summary>
public class ReteGraph
{
    internal ReteGraph(IReadOnlyList<ReteNode> nodes, IReadOnlyList<ReteLink> links)
    {
        Nodes = [.. nodes];
        Links = [.. links];
    }

    /// <summary>Nodes, in the order of their ids.</summary>
    public IReadOnlyList<ReteNode> Nodes { get; }

    /// <summary>Links.</summary>
    public IReadOnlyList<ReteLink> Links { get; }
}

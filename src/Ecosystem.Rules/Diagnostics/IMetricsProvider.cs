namespace Ecosystem.Rules.Diagnostics;

/// <summary>Counters of the nodes of a session.</summary>
public interface IMetricsProvider
{
    /// <summary>Finds the counters of a node.</summary>
    /// <param name="nodeId">Id of the node in the schema.</param>
    /// <returns>Counters, or null if the node has not been touched.</returns>
    INodeMetrics? FindByNodeId(int nodeId);

    /// <summary>Lists the counters of all nodes.</summary>
    /// <returns>Counters, in the order of the nodes' ids.</returns>
    IReadOnlyCollection<INodeMetrics> GetAll();

    /// <summary>Sets all counters to zero.</summary>
    void Reset();
}

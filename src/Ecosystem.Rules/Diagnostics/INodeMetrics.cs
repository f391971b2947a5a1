namespace Ecosystem.Rules.Diagnostics;

/// <summary>Counters of a node of the network in a session, since the session began or since the last reset.</summary>
public interface INodeMetrics
{
    /// <summary>Id of the node in the schema.</summary>
    int NodeId { get; }

    /// <summary>Elements the node holds now; null if it does not hold any.</summary>
    int? ElementCount { get; }

    /// <summary>Elements that entered as facts were inserted.</summary>
    int InsertInputCount { get; }

    /// <summary>Elements that entered as facts were updated.</summary>
    int UpdateInputCount { get; }

    /// <summary>Elements that entered as facts were removed.</summary>
    int RetractInputCount { get; }

    /// <summary>Elements that left as facts were inserted.</summary>
    int InsertOutputCount { get; }

    /// <summary>Elements that left as facts were updated.</summary>
    int UpdateOutputCount { get; }

    /// <summary>Elements that left as facts were removed.</summary>
    int RetractOutputCount { get; }

    /// <summary>Milliseconds spent in the node, without the nodes after it, on inserts. Measured only if <see cref="RuleCompiler.MeasureNodeTimes"/> is set.</summary>
    long InsertDurationMilliseconds { get; }

    /// <summary>Milliseconds spent in the node, without the nodes after it, on updates. Measured only if <see cref="RuleCompiler.MeasureNodeTimes"/> is set.</summary>
    long UpdateDurationMilliseconds { get; }

    /// <summary>Milliseconds spent in the node, without the nodes after it, on removals. Measured only if <see cref="RuleCompiler.MeasureNodeTimes"/> is set.</summary>
    long RetractDurationMilliseconds { get; }

    /// <summary>Sets the counters to zero.</summary>
    void Reset();
}

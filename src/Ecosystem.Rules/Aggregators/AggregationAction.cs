namespace Ecosystem.Rules.Aggregators;

/// <summary>What happened to the result of an aggregation.</summary>
public enum AggregationAction
{
    /// <summary>It is new.</summary>
    Added = 0,

    /// <summary>It changed.</summary>
    Modified = 1,

    /// <summary>It is gone.</summary>
    Removed = 2,
}

using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Aggregators;

/// <summary>A change of an aggregation's results.</summary>
public class AggregationResult
{
    /// <summary>No changes.</summary>
    public static readonly AggregationResult[] Empty = [];

    private AggregationResult(AggregationAction action, object aggregate, object? previous, IEnumerable<IFact>? source)
    {
        Action = action;
        Aggregate = aggregate;
        Previous = previous;
        Source = source;
    }

    /// <summary>What happened.</summary>
    public AggregationAction Action { get; }

    /// <summary>The result.</summary>
    public object Aggregate { get; }

    /// <summary>The result it replaces, if it changed.</summary>
    public object? Previous { get; }

    /// <summary>Facts the result is made from.</summary>
    public IEnumerable<IFact>? Source { get; }

    /// <summary>A result stays as it is.</summary>
    /// <param name="result">The result.</param>
    /// <param name="source">Facts it is made from.</param>
    /// <returns>The change.</returns>
    public static AggregationResult None(object result, IEnumerable<IFact> source) =>
        new(AggregationAction.None, result, null, source);

    /// <summary>A result is new.</summary>
    /// <param name="result">The result.</param>
    /// <param name="source">Facts it is made from.</param>
    /// <returns>The change.</returns>
    public static AggregationResult Added(object result, IEnumerable<IFact> source) =>
        new(AggregationAction.Added, result, null, source);

    /// <summary>A result changed.</summary>
    /// <param name="result">The result.</param>
    /// <param name="previous">The result it replaces; may be the same object.</param>
    /// <param name="source">Facts it is made from.</param>
    /// <returns>The change.</returns>
    public static AggregationResult Modified(object result, object previous, IEnumerable<IFact> source) =>
        new(AggregationAction.Modified, result, previous, source);

    /// <summary>A result is gone.</summary>
    /// <param name="result">The result.</param>
    /// <returns>The change.</returns>
    public static AggregationResult Removed(object result) => new(AggregationAction.Removed, result, null, null);
}

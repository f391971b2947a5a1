using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Aggregators;

/// <summary>A custom aggregation. There is one for each partial match before it; it is told about the facts that join that match.</summary>
public interface IAggregator
{
    /// <summary>Called when facts are added; first, with the facts there are, even if there are none.</summary>
    /// <param name="context">Context.</param>
    /// <param name="tuple">Partial match before the aggregation.</param>
    /// <param name="facts">Facts that are added.</param>
    /// <returns>Changes of the results.</returns>
    IReadOnlyCollection<AggregationResult> Add(AggregationContext context, ITuple tuple, IReadOnlyCollection<IFact> facts);

    /// <summary>Called when facts are updated.</summary>
    /// <param name="context">Context.</param>
    /// <param name="tuple">Partial match before the aggregation.</param>
    /// <param name="facts">Facts that are updated.</param>
    /// <returns>Changes of the results.</returns>
    IReadOnlyCollection<AggregationResult> Modify(AggregationContext context, ITuple tuple, IReadOnlyCollection<IFact> facts);

    /// <summary>Called when facts are removed.</summary>
    /// <param name="context">Context.</param>
    /// <param name="tuple">Partial match before the aggregation.</param>
    /// <param name="facts">Facts that are removed.</param>
    /// <returns>Changes of the results.</returns>
    IReadOnlyCollection<AggregationResult> Remove(AggregationContext context, ITuple tuple, IReadOnlyCollection<IFact> facts);
}

using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Aggregators;

/// <summary>Makes custom aggregators. A factory belongs to one aggregation of the network and is shared by all sessions. Implement one of the two <c>Create</c> methods.</summary>
public interface IAggregatorFactory
{
    /// <summary>Called once, when rules are compiled.</summary>
    /// <param name="element">The aggregation.</param>
    /// <param name="compiledExpressions">Its expressions.</param>
    void Compile(AggregateElement element, IReadOnlyCollection<IAggregateExpression> compiledExpressions);

    /// <summary>Makes an aggregator.</summary>
    /// <returns>The aggregator.</returns>
    IAggregator Create() => throw new NotSupportedException($"{GetType()} implements neither Create() nor Create(AggregationContext).");

    /// <summary>Makes an aggregator.</summary>
    /// <param name="context">Context.</param>
    /// <returns>The aggregator.</returns>
    IAggregator Create(AggregationContext context) => Create();
}

using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Aggregators;

/// <summary>Compiled expression of an aggregation.</summary>
public interface IAggregateExpression
{
    /// <summary>Name of the expression.</summary>
    string Name { get; }

    /// <summary>Evaluates the expression.</summary>
    /// <param name="context">Context.</param>
    /// <param name="tuple">Partial match before the aggregation.</param>
    /// <param name="fact">Fact being aggregated.</param>
    /// <returns>Result.</returns>
    object? Invoke(AggregationContext context, ITuple tuple, IFact fact);
}

using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Network.Aggregates;

/// <summary>A fact made from elements one by one: a projection, or an item of a flattened collection.</summary>
internal sealed class ElementResult : AggregateResult
{
    public ElementResult(object? value)
    {
        Value = value;
    }

    /// <summary>Facts it was made from.</summary>
    public List<IFact> Origins { get; } = new(1);

    protected override IEnumerable<IFact> SourceFacts => Origins;
}

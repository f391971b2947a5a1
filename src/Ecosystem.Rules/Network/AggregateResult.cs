using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Network;

/// <summary>A fact that an aggregation made.</summary>
internal abstract class AggregateResult : FactBase, IFactSource
{
    public Tuple? Child;
    public AggregateChange Change;

    public override IFactSource? Source => this;

    FactSourceType IFactSource.SourceType => FactSourceType.Aggregate;

    IEnumerable<IFact> IFactSource.Facts => SourceFacts;

    protected abstract IEnumerable<IFact> SourceFacts { get; }
}

using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Network;

internal sealed class LinkedFactSource(RuleMatch activation) : ILinkedFactSource
{
    public FactSourceType SourceType => FactSourceType.Linked;

    public IEnumerable<IFact> Facts => activation.OrderedFacts();

    public IRuleDefinition Rule => activation.Rule;

    public RuleMatch RuleMatch => activation;
}

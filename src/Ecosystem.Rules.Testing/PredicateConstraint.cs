using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Testing;

internal sealed class PredicateConstraint<TFact>(Func<TFact, bool> predicate, string text) : FactConstraint<TFact>
{
    internal override bool IsSatisfied(IFactMatch factMatch) =>
        (typeof(TFact).IsAssignableFrom(factMatch.Declaration.Type) || factMatch.Value is TFact) && predicate((TFact)factMatch.Value!);

    internal override string GetText() => text;
}

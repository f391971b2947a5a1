using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Testing;

internal sealed class TypedConstraint<TFact>(Func<TFact, bool> predicate, string condition) : FactConstraint<TFact>
    where TFact : notnull
{
    internal override bool IsSatisfied(IFactMatch factMatch) =>
        typeof(TFact).IsAssignableFrom(factMatch.Declaration.Type) && factMatch.Value is TFact fact && predicate(fact);

    internal override string GetText() => $"Fact {typeof(TFact)}{condition}";
}

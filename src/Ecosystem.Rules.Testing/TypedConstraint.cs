using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Testing;

internal sealed class TypedConstraint<TFact>(Func<TFact, bool> predicate, string condition) : FactConstraint<TFact>
    where TFact : notnull
{
    internal override bool IsSatisfied(IFactMatch factMatch) =>
        typeof(TFact).IsAssignableFrom(factMatch.Declaration.Type) && predicate((TFact)factMatch.Value!);

    internal override string GetText() => $"Fact {typeof(TFact)}{condition}";
}

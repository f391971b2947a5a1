using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Testing;

/// <summary>What a matched fact must be; made by <see cref="Matched"/>.</summary>
public abstract class FactConstraint
{
    internal FactConstraint()
    {
    }

    internal abstract bool IsSatisfied(IFactMatch factMatch);

    internal abstract string GetText();

    internal virtual void OnSatisfied(IFactMatch factMatch)
    {
    }
}

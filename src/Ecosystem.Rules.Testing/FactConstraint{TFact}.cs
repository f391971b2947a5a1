using Ecosystem.Rules.RuleModel;

namespace Ecosystem.Rules.Testing;

/// <summary>What a matched fact of a type must be.</summary>
/// <typeparam name="TFact">Type of fact.</typeparam>
public abstract class FactConstraint<TFact> : FactConstraint
    where TFact : notnull
{
    private readonly List<Action<TFact>> _callbacks = [];

    internal FactConstraint()
    {
    }

    /// <summary>Gets the fact if all constraints are satisfied, to look at it further.</summary>
    /// <param name="callback">Receives the fact.</param>
    /// <returns>The constraint.</returns>
    public FactConstraint<TFact> Callback(Action<TFact> callback)
    {
        _callbacks.Add(callback);
        return this;
    }

    internal override void OnSatisfied(IFactMatch factMatch)
    {
        if (factMatch.Value is TFact fact)
        {
            _callbacks.ForEach(c => c(fact));
        }
    }
}

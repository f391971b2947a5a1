using Ecosystem.Rules.Fluent.Dsl;

namespace Ecosystem.Rules.Fluent;

/// <summary>Makes rules with their parameterless constructors.</summary>
public class DefaultRuleActivator : IRuleActivator
{
    /// <inheritdoc/>
    public IEnumerable<Rule> Activate(Type type) => [(Rule)Activator.CreateInstance(type)!];
}

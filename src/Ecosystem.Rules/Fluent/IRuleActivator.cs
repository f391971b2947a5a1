using Ecosystem.Rules.Fluent.Dsl;

namespace Ecosystem.Rules.Fluent;

/// <summary>Makes rules from rule classes; replace it to make them through a container.</summary>
public interface IRuleActivator
{
    /// <summary>Makes the rules of a class: usually one.</summary>
    /// <param name="type">Type of the rule class.</param>
    /// <returns>Rules.</returns>
    IEnumerable<Rule> Activate(Type type);
}

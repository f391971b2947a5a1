using Ecosystem.Rules.Fluent;
using Ecosystem.Rules.Fluent.Dsl;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Rules.Integration.DependencyInjection;

/// <summary>Makes rules through the container: those that are registered under the class, or else one with what its constructor asks for.</summary>
/// <param name="serviceProvider">Container.</param>
public class RuleActivator(IServiceProvider serviceProvider) : IRuleActivator
{
    /// <inheritdoc/>
    public IEnumerable<Rule> Activate(Type type)
    {
        Rule[] registered = [.. serviceProvider.GetServices(type).OfType<Rule>()];
        return registered.Length > 0 ? registered : [(Rule)ActivatorUtilities.CreateInstance(serviceProvider, type)];
    }
}

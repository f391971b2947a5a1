using Ecosystem.Rules.Extensibility;

namespace Ecosystem.Rules.Integration.DependencyInjection;

/// <summary>Resolves the services of actions through the container.</summary>
/// <param name="serviceProvider">Container, or the scope whose services are meant.</param>
public class DependencyResolver(IServiceProvider serviceProvider) : IDependencyResolver
{
    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The service is not registered.</exception>
    public object Resolve(IResolutionContext context, Type serviceType) => serviceProvider.GetService(serviceType)
        ?? throw new InvalidOperationException($"Rule '{context.Rule.Name}' needs {serviceType}, which is not registered in the container.");
}

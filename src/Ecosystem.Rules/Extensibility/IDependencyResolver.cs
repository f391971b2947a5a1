namespace Ecosystem.Rules.Extensibility;

/// <summary>Resolves the services that rules' actions use.</summary>
public interface IDependencyResolver
{
    /// <summary>Resolves a service.</summary>
    /// <param name="context">Session and rule that need it.</param>
    /// <param name="serviceType">Type of service.</param>
    /// <returns>The service.</returns>
    object Resolve(IResolutionContext context, Type serviceType);
}

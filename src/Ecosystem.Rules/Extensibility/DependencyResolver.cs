namespace Ecosystem.Rules.Extensibility;

/// <summary>Resolver that is in place until another is set: it refuses.</summary>
public class DependencyResolver : IDependencyResolver
{
    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public object Resolve(IResolutionContext context, Type serviceType) => throw new InvalidOperationException(
        $"Rule '{context.Rule.Name}' needs {serviceType}, but the session has no dependency resolver. Set ISessionFactory.DependencyResolver.");
}

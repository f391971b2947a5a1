using Ecosystem.Rules.Fluent;
using Ecosystem.Rules.RuleModel;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Rules.Extensibility;

/// <summary>Registers rules in a container.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>
    /// Registers the rules of a specification: one <see cref="IRuleRepository"/> and one <see cref="ISessionFactory"/> for the application, and a
    /// new <see cref="ISession"/> whenever one is asked for. Rule classes are made by the container; services of actions come from the scope
    /// that the session was asked for in.
    /// </summary>
    /// <param name="services">Container.</param>
    /// <param name="specAction">Says which rules are loaded.</param>
    /// <param name="compilerSetup">Configures the compiler, or null.</param>
    /// <returns>The container.</returns>
    public static IServiceCollection AddProductionRules(
        this IServiceCollection services, Action<IRuleLoadSpec> specAction, Action<RuleCompiler>? compilerSetup = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSingleton<IRuleRepository>(provider =>
        {
            var repository = new RuleRepository(new ContainerRuleActivator(provider));
            repository.Load(specAction);
            return repository;
        });
        services.AddSingleton(provider =>
        {
            var compiler = new RuleCompiler();
            compilerSetup?.Invoke(compiler);
            return compiler.Compile(provider.GetRequiredService<IRuleRepository>().GetRuleSets());
        });
        services.AddTransient(provider =>
            provider.GetRequiredService<ISessionFactory>().CreateSession(s => s.DependencyResolver = new ContainerDependencyResolver(provider)));
        return services;
    }

    private sealed class ContainerRuleActivator(IServiceProvider provider) : IRuleActivator
    {
        public IEnumerable<Fluent.Dsl.Rule> Activate(Type type) => [(Fluent.Dsl.Rule)ActivatorUtilities.CreateInstance(provider, type)];
    }

    private sealed class ContainerDependencyResolver(IServiceProvider provider) : IDependencyResolver
    {
        public object Resolve(IResolutionContext context, Type serviceType) => provider.GetService(serviceType)
            ?? throw new InvalidOperationException($"Rule '{context.Rule.Name}' needs {serviceType}, which is not registered in the container.");
    }
}

using Ecosystem.Rules.Extensibility;
using Ecosystem.Rules.Fluent;
using Ecosystem.Rules.RuleModel;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Rules.Integration.DependencyInjection;

/// <summary>Registers rules in a container.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>
    /// Registers the rule classes that are found: one <see cref="IRuleRepository"/> and one <see cref="ISessionFactory"/> for the application, and a
    /// new <see cref="ISession"/> whenever one is asked for. Rule classes are made by the container; services of actions come from the scope
    /// that the session was asked for in.
    /// </summary>
    /// <param name="services">Container.</param>
    /// <param name="scanAction">Says which rule classes.</param>
    /// <returns>The container.</returns>
    public static IServiceCollection AddNRules(this IServiceCollection services, Action<IRuleTypeScanner> scanAction)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(scanAction);
        var scanner = new RuleTypeScanner();
        scanAction(scanner);
        foreach (var type in scanner.GetRuleTypes())
        {
            services.AddTransient(type);
        }

        services.AddTransient<IRuleActivator, RuleActivator>();
        services.AddTransient<IDependencyResolver, DependencyResolver>();
        services.AddSingleton<IRuleRepository>(provider =>
        {
            var repository = new RuleRepository(provider.GetRequiredService<IRuleActivator>());
            repository.Load(spec => spec.From(scanAction));
            return repository;
        });
        services.AddSingleton(provider => provider.GetRequiredService<IRuleRepository>().Compile());
        services.AddTransient(provider =>
        {
            var resolver = provider.GetRequiredService<IDependencyResolver>();
            return provider.GetRequiredService<ISessionFactory>().CreateSession(session => session.DependencyResolver = resolver);
        });
        return services;
    }
}

using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Temporalio.Client;

namespace Ecosystem.Workflows.Definitions;

/// <summary>Registers the room.</summary>
internal static class DefinitionServices
{
    public static IServiceCollection AddDefinitions(this IServiceCollection services)
    {
        services.AddSingleton<DefinitionVersions>();
        services.AddSingleton<CaseLauncher>();
        services.AddSingleton<CaseEvents>();
        services.AddSingleton(StepCatalog.Shipped);
        services.AddSingleton(provider => new PlanSource(provider.GetRequiredService<IDbContextFactory<EcosystemDbContext>>()));
        services.AddSingleton<CaseWriter>();
        services.AddSingleton<CaseBursts>();
        services.AddSingleton<HttpCalls>();
        services.AddSingleton<CaseActivities>();
        services.AddSingleton<CaseQueries>();
        services.AddSingleton(provider => new CaseCommands(
            provider.GetRequiredService<StorageSession>(),
            provider.GetRequiredService<CaseWriter>(),
            provider.GetRequiredService<Audit>(),
            provider.GetRequiredService<ITemporalClient>));
        services.AddSingleton(provider => new CaseContents(provider.GetRequiredService<ITemporalClient>));
        services.AddSingleton(provider => new DefinitionService(
            provider.GetRequiredService<StorageSession>(),
            provider.GetRequiredService<PlanSource>(),
            provider.GetRequiredService<StepCatalog>(),
            provider.GetRequiredService<Audit>(),
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}

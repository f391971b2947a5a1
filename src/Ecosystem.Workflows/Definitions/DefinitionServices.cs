using Ecosystem.Workflows.Integration.Outbox;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
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
        services.AddSingleton<TriggerSignal>();
        services.AddSingleton<TriggeredStarts>();
        services.AddSingleton<ScheduledStartActivities>();
        services.AddSingleton<IOutboxDelivery, EventDelivery>();
        services.AddSingleton<IInterceptor, DomainEvents>();
        services.AddSingleton(provider => new CaseIncidents(provider.GetRequiredService<CaseQueries>(), provider.GetRequiredService<PlanSource>(), provider.GetRequiredService<StepCatalog>()));
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
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<RecordedCases>(),
            provider.GetRequiredService<TriggerSignal>()));
        services.AddSingleton(provider => new RecordedCases(
            provider.GetRequiredService<StorageSession>(),
            provider.GetRequiredService<PlanSource>(),
            provider.GetRequiredService<StepCatalog>(),
            provider.GetService<ITemporalClient>));
        services.AddSingleton(provider => new CaseMigrations(
            provider.GetRequiredService<StorageSession>(),
            provider.GetRequiredService<Audit>(),
            provider.GetRequiredService<ITemporalClient>));
        services.AddSingleton(provider => new HttpTrigger(
            provider.GetRequiredService<StorageSession>(),
            provider.GetRequiredService<CaseLauncher>(),
            provider.GetRequiredService<CaseWriter>(),
            provider.GetRequiredService<ITemporalClient>,
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}

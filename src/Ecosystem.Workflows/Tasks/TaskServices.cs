using Ecosystem.Workflows.Storage;
using Ecosystem.Workflows.Tasks.Documents;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Temporalio.Client;

namespace Ecosystem.Workflows.Tasks;

/// <summary>Registers the room.</summary>
internal static class TaskServices
{
    public static IServiceCollection AddTasks(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton<IPeople, NoPeople>();
        services.AddSingleton<SegregationOfDuties>();
        services.AddSingleton<TaskAnswers>();
        services.AddSingleton<TaskRouting>();
        services.AddSingleton(provider => new DocumentStore(
            provider.GetRequiredService<StorageSession>(), provider.GetRequiredService<Audit>(), provider.GetRequiredService<TimeProvider>(), configuration));
        services.AddSingleton(provider => new TaskService(
            provider.GetRequiredService<StorageSession>(),
            provider.GetRequiredService<TaskAnswers>(),
            provider.GetRequiredService<TaskRouting>(),
            provider.GetRequiredService<Integration.Outbox.Outbox>(),
            provider.GetRequiredService<Audit>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ITemporalClient>));
        services.AddSingleton(provider => new TaskLinks(
            provider.GetRequiredService<StorageSession>(),
            provider.GetRequiredService<TaskService>(),
            provider.GetRequiredService<TaskAnswers>(),
            provider.GetRequiredService<IPeople>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new TaskEscalation(
            provider.GetRequiredService<StorageSession>(),
            provider.GetRequiredService<TaskRouting>(),
            provider.GetRequiredService<TaskService>(),
            provider.GetRequiredService<Integration.Outbox.Outbox>(),
            provider.GetRequiredService<Audit>(),
            provider.GetRequiredService<TimeProvider>(),
            configuration));
        services.AddTransient<TaskEscalationJob>();
        return services;
    }
}

using Ecosystem.Workflows.Attribution;
using Ecosystem.Workflows.Deals;
using Ecosystem.Workflows.Partners;
using Ecosystem.Workflows.Scheduling;
using Ecosystem.Workflows.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Workflows.Simulation;

/// <summary>Registers the room.</summary>
internal static class SimulationServices
{
    public static IServiceCollection AddSimulation(this IServiceCollection services) => services
        .AddSingleton<ITaskDoor, TaskDoor>()
        .AddSingleton<MainJobTasks>()
        .AddSingleton<MainJobSummarizer>()
        .AddSingleton(provider => new MainJob(
            provider.GetRequiredService<StorageSession>(),
            provider.GetRequiredService<PartnerService>(),
            provider.GetRequiredService<DealService>(),
            provider.GetRequiredService<TouchpointService>(),
            provider.GetRequiredService<PayoutCalendar>(),
            provider.GetRequiredService<MainJobTasks>(),
            provider.GetRequiredService<MainJobSummarizer>(),
            provider.GetRequiredService<ProtectionPolicy>()));
}

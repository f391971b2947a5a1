using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Workflows.Simulation;

/// <summary>Registers the room.</summary>
internal static class SimulationServices
{
    public static IServiceCollection AddSimulation(this IServiceCollection services) => services
        .AddSingleton<MainJobTasks>()
        .AddSingleton<MainJobSummarizer>()
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<MainJob>(provider));
}

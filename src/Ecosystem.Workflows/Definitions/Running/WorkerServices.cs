using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Workflows.Definitions;

/// <summary>Registers the worker.</summary>
public static class WorkerServices
{
    /// <summary>Runs the product's workflows and activities in this process. Needs a registered <c>ITemporalClient</c>.</summary>
    /// <param name="services">The services.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddEcosystemWorker(this IServiceCollection services) =>
        services.AddHostedService<CaseCatchUp>().AddHostedService<EcosystemWorker>();

    /// <summary>Keeps the Temporal schedules of published definitions' triggers. Needs a registered <c>ITemporalClient</c>.</summary>
    /// <param name="services">The services.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddTriggerSchedules(this IServiceCollection services) => services.AddHostedService<TriggerSchedules>();
}

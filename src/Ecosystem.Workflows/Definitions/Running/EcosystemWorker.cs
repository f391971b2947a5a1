using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Ecosystem.Workflows.Definitions;

/// <summary>
/// The worker of this product: every workflow and activity of the library on the task queue <c>ecosystem</c>. Register it with
/// <see cref="WorkerServices.AddEcosystemWorker"/> where an <see cref="ITemporalClient"/> is registered.
/// </summary>
/// <param name="client">The service.</param>
/// <param name="services">Makes activities and workflows.</param>
/// <param name="logging">Where the SDK logs.</param>
public sealed class EcosystemWorker(ITemporalClient client, IServiceProvider services, ILoggerFactory logging) : BackgroundService
{
    /// <summary>Makes a worker without running it.</summary>
    /// <param name="client">The service.</param>
    /// <param name="services">Makes activities and workflows.</param>
    /// <param name="logging">Where the SDK logs.</param>
    /// <param name="cached">How many cases it keeps in memory between their workflow tasks; every other one is rebuilt from its history.</param>
    /// <returns>The worker.</returns>
    public static TemporalWorker Create(ITemporalClient client, IServiceProvider services, ILoggerFactory? logging = null, int cached = 10_000)
    {
        var options = new TemporalWorkerOptions(CaseInput.TaskQueue)
        {
            LoggerFactory = logging ?? client.Options.LoggerFactory,
            MaxCachedWorkflows = cached,
            MaxConcurrentLocalActivities = 64,
            MaxConcurrentWorkflowTasks = 64,
        };
        foreach (var definition in Workflows(services))
        {
            options.AddWorkflow(definition);
        }

        foreach (var type in typeof(EcosystemWorker).Assembly.GetTypes().Where(IsActivities))
        {
            var instance = ActivatorUtilities.GetServiceOrCreateInstance(services, type);
            foreach (var definition in ActivityDefinition.CreateAll(type, instance))
            {
                options.AddActivity(definition);
            }
        }

        return new TemporalWorker(client, options);
    }

    /// <summary>The library's workflows, as a worker or a replayer takes them.</summary>
    /// <param name="services">Makes workflows.</param>
    /// <returns>The workflows.</returns>
    public static IEnumerable<WorkflowDefinition> Workflows(IServiceProvider services)
    {
        foreach (var type in typeof(EcosystemWorker).Assembly.GetTypes().Where(type => type.GetCustomAttribute<WorkflowAttribute>() is not null && !type.IsAbstract))
        {
            yield return type == typeof(DefinitionWorkflow)
                ? WorkflowDefinition.Create(type, null, _ => new DefinitionWorkflow(services.GetRequiredService<PlanSource>(), services.GetRequiredService<StepCatalog>()))
                : WorkflowDefinition.Create(type);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var worker = Create(client, services, logging);
        try
        {
            await worker.ExecuteAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private static bool IsActivities(Type type) =>
        type is { IsClass: true, IsAbstract: false } && type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Any(method => method.GetCustomAttribute<ActivityAttribute>() is not null);
}

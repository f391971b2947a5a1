using Ecosystem.Workflows.Attribution;
using Ecosystem.Workflows.Conflicts;
using Ecosystem.Workflows.Deals;
using Ecosystem.Workflows.Decisions;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Enablement;
using Ecosystem.Workflows.Engagement;
using Ecosystem.Workflows.Incentives;
using Ecosystem.Workflows.Integration.Imports;
using Ecosystem.Workflows.Integration.Mail;
using Ecosystem.Workflows.Integration.Outbox;
using Ecosystem.Workflows.Integration.Webhooks;
using Ecosystem.Workflows.Onboarding;
using Ecosystem.Workflows.Partners;
using Ecosystem.Workflows.Scheduling;
using Ecosystem.Workflows.Simulation;
using Ecosystem.Workflows.Storage;
using Ecosystem.Workflows.Tasks;
using Ecosystem.Workflows.Verification;
using Ecosystem.Workflows.Tiering;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Workflows;

/// <summary>The front door of the library: registers the partner lifecycle with all its rooms.</summary>
public static class EcosystemWorkflows
{
    /// <summary>
    /// Registers every room. The host adds what rooms need from outside: a <see cref="TimeProvider"/> (default: the system's), logging,
    /// and a Temporal client.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The application's configuration.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddEcosystemWorkflows(this IServiceCollection services, IConfiguration configuration)
    {
        // One line per room, alphabetical within its layer; each room's extension lives in the room.
        services.AddStorage(configuration);
        services.AddOutbox();
        services.AddMail(configuration);
        services.AddWebhooks(configuration);
        services.AddDefinitions();
        services.AddTasks(configuration);
        services.AddDecisions(configuration);
        services.AddPartners();
        services.AddOnboarding();
        services.AddDeals();
        services.AddAttribution();
        services.AddConflicts();
        services.AddIncentives(configuration);
        services.AddImports();
        services.AddEnablement();
        services.AddEngagement();
        services.AddTiering();
        services.AddScheduling();
        services.AddSimulation();
        services.AddVerification();
        return services;
    }
}

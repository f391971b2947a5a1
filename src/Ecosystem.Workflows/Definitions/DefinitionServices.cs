using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Workflows.Definitions;

/// <summary>Registers the room.</summary>
internal static class DefinitionServices
{
    public static IServiceCollection AddDefinitions(this IServiceCollection services)
    {
        services.AddSingleton<DefinitionVersions>();
        services.AddSingleton<CaseLauncher>();
        services.AddSingleton<CaseEvents>();
        return services;
    }
}

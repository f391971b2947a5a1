using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Workflows.Engagement;

/// <summary>Registers the room.</summary>
internal static class EngagementServices
{
    public static IServiceCollection AddEngagement(this IServiceCollection services) => services.AddSingleton<EngagementService>().AddSingleton<HealthService>();
}

using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Workflows.Attribution;

/// <summary>Registers the room.</summary>
internal static class AttributionServices
{
    public static IServiceCollection AddAttribution(this IServiceCollection services) => services.AddSingleton<TouchpointService>().AddSingleton<AttributionService>();
}

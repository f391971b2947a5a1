using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Workflows.Enablement;

/// <summary>Registers the room.</summary>
internal static class EnablementServices
{
    public static IServiceCollection AddEnablement(this IServiceCollection services) => services.AddSingleton<EnablementService>();
}

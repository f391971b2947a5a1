using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Ecosystem.Workflows.Deals;

/// <summary>Registers the room.</summary>
internal static class DealsServices
{
    public static IServiceCollection AddDeals(this IServiceCollection services)
    {
        services.TryAddSingleton(ProtectionPolicy.Default);
        return services.AddSingleton<DealService>();
    }
}

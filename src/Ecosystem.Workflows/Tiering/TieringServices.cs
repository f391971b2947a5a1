using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Workflows.Tiering;

/// <summary>Registers the room.</summary>
internal static class TieringServices
{
    public static IServiceCollection AddTiering(this IServiceCollection services) => services.AddSingleton<TieringService>();
}

using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Workflows.Integration.Imports;

/// <summary>Registers imports.</summary>
internal static class ImportsServices
{
    public static IServiceCollection AddImports(this IServiceCollection services) => services.AddSingleton<ImportService>();
}

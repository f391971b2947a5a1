using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Workflows.Conflicts;

/// <summary>Registers the room.</summary>
internal static class ConflictsServices
{
    public static IServiceCollection AddConflicts(this IServiceCollection services) => services.AddSingleton<ConflictService>();
}

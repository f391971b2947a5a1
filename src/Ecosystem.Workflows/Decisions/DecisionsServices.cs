using Ecosystem.Rules.Rulesets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Ecosystem.Workflows.Decisions;

/// <summary>Registers the room.</summary>
internal static class DecisionsServices
{
    public static IServiceCollection AddDecisions(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(_ => RulesetLibrary.LoadFolder(Folder(configuration["Ecosystem:RulesetsFolder"])));
        services.TryAddSingleton<RulesetCatalog>();
        services.TryAddSingleton<IRulesets>(provider => provider.GetRequiredService<RulesetCatalog>());
        services.AddSingleton<RulesetService>();
        services.AddSingleton<RulesetImpacts>();
        services.AddHostedService<RulesetRefresher>();
        return services.AddSingleton<DecisionService>();
    }

    // Beside the program when it is published, in the repository while it is developed.
    private static string Folder(string? configured)
    {
        if (!string.IsNullOrEmpty(configured))
        {
            return Directory.Exists(configured)
                ? configured
                : throw new InvalidOperationException($"Ecosystem:RulesetsFolder is '{configured}', which does not exist; name the folder with the rulesets' YAML files.");
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var rulesets = Path.Combine(folder.FullName, "rulesets");
            if (Directory.Exists(rulesets))
            {
                return rulesets;
            }
        }

        throw new InvalidOperationException($"There is no folder 'rulesets' in {AppContext.BaseDirectory} or above it; name one with Ecosystem__RulesetsFolder.");
    }
}

using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Ecosystem.Workflows.Decisions;

/// <summary>Registers the room.</summary>
internal static class DecisionsServices
{
    public static IServiceCollection AddDecisions(this IServiceCollection services)
    {
        services.TryAddSingleton<IRulesets, NoRulesets>();
        return services.AddSingleton<DecisionService>();
    }

    private sealed class NoRulesets : IRulesets
    {
        public RulesetAnswer Evaluate(string name, DateOnly asOf, IReadOnlyDictionary<string, object?> inputs) => throw Missing(name);

        public RulesetAnswer EvaluateVersion(string name, string version, JsonElement inputs) => throw Missing(name);

        private static InvalidOperationException Missing(string name) => new($"The ruleset '{name}' is not there: no rulesets are loaded.");
    }
}

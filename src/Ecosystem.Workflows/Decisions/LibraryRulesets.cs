using System.Text.Json;
using Ecosystem.Rules.Rulesets;

namespace Ecosystem.Workflows.Decisions;

/// <summary>Rulesets of a library.</summary>
/// <param name="library">The library.</param>
internal sealed class LibraryRulesets(RulesetLibrary library) : IRulesets
{
    public RulesetAnswer Evaluate(string name, DateOnly asOf, IReadOnlyDictionary<string, object?> inputs) => Answer(library.InForce(name, asOf), inputs);

    public RulesetAnswer EvaluateVersion(string name, string version, JsonElement inputs) => Answer(
        library.Get(name, version),
        inputs.EnumerateObject().ToDictionary(property => property.Name, object? (property) => property.Value, StringComparer.Ordinal));

    private static RulesetAnswer Answer(Ruleset ruleset, IReadOnlyDictionary<string, object?> inputs)
    {
        var (outputs, trace) = ruleset.Evaluate(inputs);
        return new RulesetAnswer(ruleset.Document.Name, ruleset.Document.Version, outputs, trace.ToJson(), trace.Reasons);
    }
}

using System.Text.Json;

namespace Ecosystem.Workflows.Decisions;

/// <summary>All versions of all rulesets. Safe for use by many threads.</summary>
public interface IRulesets
{
    /// <summary>Evaluates the version of a ruleset that is in force on a day.</summary>
    /// <param name="name">The ruleset, for example <c>conflict-detection</c>.</param>
    /// <param name="asOf">The day.</param>
    /// <param name="inputs">The inputs by name.</param>
    /// <returns>What it answered.</returns>
    RulesetAnswer Evaluate(string name, DateOnly asOf, IReadOnlyDictionary<string, object?> inputs);

    /// <summary>Evaluates a given version of a ruleset with stored inputs.</summary>
    /// <param name="name">The ruleset.</param>
    /// <param name="version">The version.</param>
    /// <param name="inputs">The inputs by name, as a JSON object; read by the types the ruleset declares.</param>
    /// <returns>What it answered.</returns>
    RulesetAnswer EvaluateVersion(string name, string version, JsonElement inputs);
}

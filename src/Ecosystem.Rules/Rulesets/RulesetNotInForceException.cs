using System.Globalization;

namespace Ecosystem.Rules.Rulesets;

/// <summary>No version of a ruleset is in force at the asked date, or the ruleset or version is unknown. The message names what exists.</summary>
public sealed class RulesetNotInForceException : Exception
{
    internal RulesetNotInForceException(string name, DateOnly? asOf, string? version, IEnumerable<string> existing)
        : base(Describe(name, asOf, version, [.. existing]))
    {
        Ruleset = name;
        AsOf = asOf;
        Version = version;
    }

    /// <summary>The ruleset that was asked for.</summary>
    public string Ruleset { get; }

    /// <summary>The date that was asked for; null when a version was asked for.</summary>
    public DateOnly? AsOf { get; }

    /// <summary>The version that was asked for; null when a date was asked for.</summary>
    public string? Version { get; }

    private static string Describe(string name, DateOnly? asOf, string? version, IReadOnlyList<string> existing)
    {
        string asked = asOf is { } date
            ? string.Create(CultureInfo.InvariantCulture, $"No version of ruleset '{name}' is in force on {date:yyyy-MM-dd}")
            : version is null ? $"There is no ruleset '{name}'" : $"There is no version {version} of ruleset '{name}'";
        return existing.Count == 0 ? asked + "; none is loaded." : $"{asked}; there is {string.Join(", ", existing)}.";
    }
}

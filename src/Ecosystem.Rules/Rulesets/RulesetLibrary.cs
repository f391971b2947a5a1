using System.Collections.Concurrent;
using System.Globalization;

namespace Ecosystem.Rules.Rulesets;

/// <summary>All versions of all rulesets. Thread-safe; adding a version replaces one of the same name and version.</summary>
public sealed class RulesetLibrary
{
    private readonly ConcurrentDictionary<string, Ruleset[]> _versions = new(StringComparer.Ordinal);

    /// <summary>Names of the rulesets, sorted.</summary>
    public IReadOnlyList<string> Names => [.. _versions.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Reads every <c>*.yaml</c> file of a folder and the folders in it.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The library.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="RulesetException">Files are not valid; the findings of all files are in the exception.</exception>
    public static RulesetLibrary LoadFolder(string folder)
    {
        var library = new RulesetLibrary();
        var errors = new List<RulesetDiagnostic>();
        foreach (string file in Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (Ruleset.TryParse(File.ReadAllText(file), out IReadOnlyList<RulesetDiagnostic> diagnostics) is { } ruleset)
            {
                library.Add(ruleset);
            }
            else
            {
                string name = Path.GetRelativePath(folder, file);
                errors.AddRange(diagnostics.Where(d => d.Severity == RulesetSeverity.Error).Select(d => d with { Path = $"{name}: {d.Path}" }));
            }
        }

        return errors.Count == 0 ? library : throw new RulesetException(folder, errors);
    }

    /// <summary>Adds a version.</summary>
    /// <param name="ruleset">The version.</param>
    public void Add(Ruleset ruleset)
    {
        RulesetDocument document = ruleset.Document;
        _versions.AddOrUpdate(
            document.Name,
            _ => [ruleset],
            (_, known) => [.. known.Where(k => k.Document.Version != document.Version).Append(ruleset).OrderBy(k => k.Document.EffectiveFrom).ThenBy(k => k.Document.Version, RulesetVersionOrder.Instance)]);
    }

    /// <summary>Removes a version, for example when it is retired.</summary>
    /// <param name="name">The ruleset.</param>
    /// <param name="version">The version.</param>
    /// <returns>True when it was there.</returns>
    public bool Remove(string name, string version)
    {
        while (_versions.TryGetValue(name, out Ruleset[]? known))
        {
            Ruleset[] left = [.. known.Where(k => k.Document.Version != version)];
            if (left.Length == known.Length)
            {
                return false;
            }

            bool done = left.Length == 0
                ? _versions.TryRemove(new KeyValuePair<string, Ruleset[]>(name, known))
                : _versions.TryUpdate(name, left, known);
            if (done)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The version in force on a day. Where several are, the one that came into force last; of those the highest version.</summary>
    /// <param name="name">The ruleset.</param>
    /// <param name="asOf">The day.</param>
    /// <returns>The version.</returns>
    /// <exception cref="RulesetNotInForceException">There is none; the message names what exists.</exception>
    public Ruleset InForce(string name, DateOnly asOf)
    {
        if (_versions.TryGetValue(name, out Ruleset[]? known))
        {
            for (int i = known.Length - 1; i >= 0; i--)
            {
                if (known[i].Document.IsInForce(asOf))
                {
                    return known[i];
                }
            }

            throw new RulesetNotInForceException(name, asOf, null, known.Select(Describe));
        }

        throw new RulesetNotInForceException(name, asOf, null, Names);
    }

    /// <summary>One version.</summary>
    /// <param name="name">The ruleset.</param>
    /// <param name="version">The version.</param>
    /// <returns>The version.</returns>
    /// <exception cref="RulesetNotInForceException">There is none; the message names what exists.</exception>
    public Ruleset Get(string name, string version)
    {
        if (!_versions.TryGetValue(name, out Ruleset[]? known))
        {
            throw new RulesetNotInForceException(name, null, null, Names);
        }

        return Array.Find(known, k => k.Document.Version == version) ?? throw new RulesetNotInForceException(name, null, version, known.Select(Describe));
    }

    /// <summary>All versions of a ruleset by the day they came into force; empty when it is unknown.</summary>
    /// <param name="name">The ruleset.</param>
    /// <returns>The versions.</returns>
    public IReadOnlyList<Ruleset> Versions(string name) => _versions.TryGetValue(name, out Ruleset[]? known) ? known : [];

    private static string Describe(Ruleset ruleset)
    {
        RulesetDocument document = ruleset.Document;
        string from = document.EffectiveFrom == DateOnly.MinValue ? "" : string.Create(CultureInfo.InvariantCulture, $" from {document.EffectiveFrom:yyyy-MM-dd}");
        string to = document.EffectiveTo is { } last ? string.Create(CultureInfo.InvariantCulture, $" to {last:yyyy-MM-dd}") : "";
        return $"version {document.Version}{from}{to}";
    }
}

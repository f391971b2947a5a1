using System.Collections.Concurrent;
using System.Text.Json;
using Ecosystem.Rules.Rulesets;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Decisions;

/// <summary>
/// The rulesets that decide: those shipped in the folder, and those published here. Retired versions decide nothing new, but past decisions
/// are still replayed with them. Safe for use by many threads.
/// </summary>
public sealed class RulesetCatalog : IRulesets
{
    private readonly ConcurrentDictionary<(string Name, string Version), Ruleset> retired = new();
    private readonly ConcurrentDictionary<string, long> seen = new(StringComparer.Ordinal);

    /// <summary>Creates a catalogue.</summary>
    /// <param name="library">The shipped rulesets; publishing adds to it.</param>
    public RulesetCatalog(RulesetLibrary library)
    {
        Library = library;
        Shipped = library.Names.SelectMany(library.Versions).ToDictionary(ruleset => (ruleset.Document.Name, ruleset.Document.Version));
    }

    /// <summary>The versions that decide, by name and day.</summary>
    public RulesetLibrary Library { get; }

    /// <summary>The versions of the folder.</summary>
    internal IReadOnlyDictionary<(string Name, string Version), Ruleset> Shipped { get; }

    /// <inheritdoc/>
    public RulesetAnswer Evaluate(string name, DateOnly asOf, IReadOnlyDictionary<string, object?> inputs) => Answer(Library.InForce(name, asOf), inputs);

    /// <inheritdoc/>
    public RulesetAnswer EvaluateVersion(string name, string version, JsonElement inputs) => Answer(
        Find(name, version) ?? Library.Get(name, version),
        RulesetInputs.Of(inputs));

    /// <summary>A version that is published or retired; null when there is none.</summary>
    /// <param name="name">The ruleset.</param>
    /// <param name="version">The version.</param>
    /// <returns>The compiled version.</returns>
    public Ruleset? Find(string name, string version) =>
        Library.Versions(name).FirstOrDefault(ruleset => ruleset.Document.Version == version) ?? retired.GetValueOrDefault((name, version));

    internal static RulesetAnswer Answer(Ruleset ruleset, IReadOnlyDictionary<string, object?> inputs)
    {
        var (outputs, trace) = ruleset.Evaluate(inputs);
        return new RulesetAnswer(ruleset.Document.Name, ruleset.Document.Version, outputs, trace.ToJson(), trace.Reasons);
    }

    /// <summary>Takes over what was published and retired since the last time, here or by another process.</summary>
    internal async Task<int> RefreshAsync(StorageSession storage, CancellationToken cancellationToken)
    {
        var known = await storage.ReadAsync(
            (db, token) => db.Set<StoredRuleset>()
                .Where(row => row.State == RulesetVersionState.Published || row.State == RulesetVersionState.Retired)
                .Select(row => new { row.Id, row.Version })
                .ToListAsync(token),
            cancellationToken);
        var changed = known.Where(row => !seen.TryGetValue(row.Id, out var version) || version != row.Version).Select(row => row.Id).ToList();
        if (changed.Count == 0)
        {
            return 0;
        }

        foreach (var row in await storage.ReadAsync((db, token) => db.Set<StoredRuleset>().Where(row => changed.Contains(row.Id)).ToListAsync(token), cancellationToken))
        {
            Take(row.ToVersion());
            seen[row.Id] = row.Version;
        }

        return changed.Count;
    }

    private void Take(RulesetVersion version)
    {
        var ruleset = Ruleset.Parse(version.Text, version.Name);
        if (version.State == RulesetVersionState.Published)
        {
            retired.TryRemove((version.Name, version.Version), out _);
            Library.Add(ruleset);
        }
        else
        {
            retired[(version.Name, version.Version)] = ruleset;
            Library.Remove(version.Name, version.Version);
        }
    }
}

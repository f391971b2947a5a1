using System.Collections.Concurrent;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Definitions;

/// <summary>
/// Gives definitions by what they do (their content hash), read for running. What a hash stands for never changes, so that a workflow
/// may ask during replay. Safe for use by many threads.
/// </summary>
internal sealed class PlanSource
{
    private readonly ConcurrentDictionary<string, ProcessPlan> plans = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, PlanLoad> loads = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string, int?), string> resolved = new();
    private readonly IDbContextFactory<EcosystemDbContext>? contexts;

    internal PlanSource(IDbContextFactory<EcosystemDbContext>? contexts) => this.contexts = contexts;

    /// <summary>Adds a definition that is not in the database, for replays and tests.</summary>
    internal ProcessPlan Add(DefinitionDocument document) => plans.GetOrAdd(document.ContentHash, (_, json) => ProcessPlan.Read(json), document);

    /// <summary>The definition with a content. A workflow may ask on its own thread: the database is read on another.</summary>
    /// <exception cref="InvalidOperationException">There is none; a workflow task that meets this is tried again.</exception>
    /// <exception cref="TimeoutException">It is still being read; a workflow task that meets this is tried again, and finds it.</exception>
    internal ProcessPlan Get(string hash)
    {
        if (plans.TryGetValue(hash, out var known))
        {
            return known;
        }

        var load = loads.GetOrAdd(hash, static (key, source) => new PlanLoad(() => source.plans.GetOrAdd(key, source.Load)), this);
        try
        {
            return load.Wait();
        }
        finally
        {
            if (load.HasEnded)
            {
                loads.TryRemove(KeyValuePair.Create(hash, load));
            }
        }
    }

    /// <summary>The content of the published definition that a reference (definition id, version id, activity type) stands for now; null when there is none.</summary>
    internal string? Resolve(string reference, int? version)
    {
        if (contexts is null)
        {
            return new PlanCatalog(plans.Values).Find(reference, version)?.Document.ContentHash;
        }

        if (version is not null && resolved.TryGetValue((reference, version), out var known))
        {
            return known;
        }

        using var db = contexts.CreateDbContext();
        var versions = db.Set<DefinitionVersion>().AsNoTracking().Where(row => row.State != VersionState.Draft && row.PilotPercent == null && row.PilotPartnersJson == null);
        var hash = versions.Where(row => row.Id == reference).Select(row => row.ContentHash).FirstOrDefault()
            ?? versions.Where(row => row.DefinitionId == reference && (version == null ? row.State == VersionState.Published : row.Number == version))
                .OrderByDescending(row => row.Number).Select(row => row.ContentHash).FirstOrDefault();
        if (hash is null)
        {
            var named = versions.Where(row => row.State == VersionState.Published).Select(row => new { row.Name, row.Number, row.ContentHash }).ToList();
            hash = named.Where(row => PlanCatalog.ActivityType(row.Name) == reference && (version is null || row.Number == version)).MaxBy(row => row.Number)?.ContentHash;
        }

        if (hash is not null && version is not null)
        {
            resolved[(reference, version)] = hash;
        }

        return hash;
    }

    private ProcessPlan Load(string hash)
    {
        if (contexts is null)
        {
            throw new InvalidOperationException($"There is no definition with the content {hash}.");
        }

        using var db = contexts.CreateDbContext();
        var json = db.Set<DefinitionVersion>().AsNoTracking().Where(version => version.ContentHash == hash).Select(version => version.Json).FirstOrDefault()
            ?? throw new InvalidOperationException($"No version of a definition in the database has the content {hash}.");
        return ProcessPlan.Read(DefinitionDocument.Parse(json));
    }
}

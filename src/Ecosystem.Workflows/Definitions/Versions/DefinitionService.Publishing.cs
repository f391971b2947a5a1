using System.Text.Json;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Definitions;

/// <content>Checking, publishing and retiring versions.</content>
public sealed partial class DefinitionService
{
    /// <summary>Checks a definition against those that are published, and runs its scenarios.</summary>
    /// <param name="document">The definition.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What was found; nothing with severity <c>error</c> when it can be published.</returns>
    public Task<IReadOnlyList<DefinitionDiagnostic>> CheckAsync(DefinitionDocument document, CancellationToken cancellationToken = default) =>
        storage.ReadAsync((db, token) => CheckAsync(db, document, token), cancellationToken);

    /// <summary>
    /// Publishes a version: new cases start on it from now on; cases under way stay on theirs. The version that was published before is
    /// retired, unless the new one is a pilot.
    /// </summary>
    /// <param name="versionId">The version.</param>
    /// <param name="pilot">For a pilot: which partners; null to publish for everybody.</param>
    /// <param name="actor">Who publishes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The version, or every reason why it cannot be published.</returns>
    public async Task<Result<DefinitionVersion>> PublishAsync(string versionId, DefinitionPilot? pilot, Actor actor, CancellationToken cancellationToken = default)
    {
        if (pilot is { Percent: < 1 or > 99 })
        {
            return new Refusal("definition.pilot-share", "The share of a pilot is 1 to 99 per cent.", "pilot.percent");
        }

        if (pilot is { Percent: null, Partners.Count: 0 })
        {
            return new Refusal("definition.pilot-empty", "A pilot needs a share of the partners or partners by name.", "pilot");
        }

        // Checking takes a while; nothing is locked meanwhile. What was checked is what is published.
        var checkedVersion = await storage.ReadAsync(async (db, token) => await db.FindAsync<DefinitionVersion>([versionId], token), cancellationToken);
        if (checkedVersion is null)
        {
            return Refusal.NotFound("definition version", versionId, "versionId");
        }

        var document = DefinitionDocument.Parse(checkedVersion.Json);
        var errors = (await CheckAsync(document, cancellationToken)).Concat(await recorded.ReplayAsync(checkedVersion.DefinitionId, cancellationToken)).Where(found => found.Severity == "error").ToList();
        if (errors.Count > 0)
        {
            return Result<DefinitionVersion>.Refused([.. errors.Select(error => new Refusal(error.Code, error.ToString(), error.Activity))]);
        }

        var published = await storage.WriteAsync<Result<DefinitionVersion>>(
            async (db, token) =>
            {
                if (await db.FindAsync<DefinitionVersion>([versionId], token) is not { } version || version.ContentHash != checkedVersion.ContentHash)
                {
                    return new Refusal("definition.stale", "The version was changed while it was checked. Publish it again.");
                }

                var now = clock.GetUtcNow();
                if (pilot is null)
                {
                    foreach (var old in await db.Set<DefinitionVersion>().AsTracking()
                        .Where(row => row.DefinitionId == version.DefinitionId && row.State == VersionState.Published && row.Id != versionId).ToListAsync(token))
                    {
                        old.State = VersionState.Retired;
                    }

                    var plan = plans.Add(document);
                    if (await TakenAsync(db, plan, token) is { } taken)
                    {
                        return taken;
                    }

                    await WriteTriggersAsync(db, plan, token);
                }

                version.State = VersionState.Published;
                version.PublishedAt = now;
                version.PublishedBy = actor.Id;
                version.PilotPercent = pilot?.Percent;
                version.PilotPartnersJson = pilot is { Partners.Count: > 0 } ? JsonSerializer.Serialize(pilot.Partners.Select(partner => partner.Value)) : null;
                audit.Add(db, actor, pilot is null ? "definition.published" : "definition.piloted", Of(version), null, new { version = version.Number, version.ContentHash, pilot?.Percent });
                return version;
            },
            cancellationToken);
        triggers.Set();
        return published;
    }

    /// <summary>Makes a pilot the version for everybody.</summary>
    /// <param name="versionId">The pilot.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The version, or why it cannot be promoted.</returns>
    public Task<Result<DefinitionVersion>> PromoteAsync(string versionId, Actor actor, CancellationToken cancellationToken = default) => PublishAsync(versionId, null, actor, cancellationToken);

    /// <summary>Retires a version, or ends a pilot: no new case starts on it, cases under way go on.</summary>
    /// <param name="versionId">The version.</param>
    /// <param name="reason">Why.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The version, or why it cannot be retired.</returns>
    public async Task<Result<DefinitionVersion>> RetireAsync(string versionId, string? reason, Actor actor, CancellationToken cancellationToken = default)
    {
        var retired = await storage.WriteAsync<Result<DefinitionVersion>>(
            async (db, token) =>
            {
                if (await db.FindAsync<DefinitionVersion>([versionId], token) is not { } version)
                {
                    return Refusal.NotFound("definition version", versionId, "versionId");
                }

                if (version.State != VersionState.Published)
                {
                    return new Refusal("definition.not-published", $"The version {version.Number} is not published.", "versionId");
                }

                if (!version.IsPilot)
                {
                    foreach (var trigger in await db.Set<TriggerRecord>().AsTracking().Where(row => row.DefinitionId == version.DefinitionId).ToListAsync(token))
                    {
                        db.Remove(trigger);
                    }
                }

                version.State = VersionState.Retired;
                audit.Add(db, actor, "definition.retired", Of(version), reason, new { version = version.Number });
                return version;
            },
            cancellationToken);
        triggers.Set();
        return retired;
    }

    /// <summary>Makes an earlier version the latest again, as a new draft.</summary>
    /// <param name="versionId">The earlier version.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The new draft, or why it cannot be made.</returns>
    public Task<Result<DefinitionVersion>> RevertAsync(string versionId, Actor actor, CancellationToken cancellationToken = default) =>
        storage.WriteAsync<Result<DefinitionVersion>>(
            async (db, token) =>
            {
                if (await db.FindAsync<DefinitionVersion>([versionId], token) is not { } earlier)
                {
                    return Refusal.NotFound("definition version", versionId, "versionId");
                }

                var now = clock.GetUtcNow();
                var rows = await db.Set<DefinitionVersion>().AsTracking().Where(row => row.DefinitionId == earlier.DefinitionId).ToListAsync(token);
                foreach (var latest in rows.Where(row => row.IsLatest))
                {
                    latest.IsLatest = false;
                }

                var number = rows.Max(row => row.Number) + 1;
                var document = DefinitionDocument.Parse(earlier.Json);
                document.Json["version"] = number;
                var draft = DefinitionDocument.From(document.Json);
                var version = new DefinitionVersion
                {
                    Id = VersionIdOf(earlier.DefinitionId, number),
                    DefinitionId = earlier.DefinitionId,
                    Number = number,
                    Name = earlier.Name,
                    State = VersionState.Draft,
                    IsLatest = true,
                    ContentHash = draft.ContentHash,
                    Json = draft.ToJson(),
                    CreatedAt = now,
                    ChangedAt = now,
                    ChangedBy = actor.Name,
                };
                db.Add(version);
                audit.Add(db, actor, "definition.reverted", Of(version), null, new { version = number, from = earlier.Number });
                return version;
            },
            cancellationToken);

    /// <summary>Compares two versions in words.</summary>
    /// <param name="before">The earlier version's definition.</param>
    /// <param name="after">The later version's definition.</param>
    /// <returns>One sentence per difference.</returns>
    public static IReadOnlyList<DefinitionChange> Compare(DefinitionDocument before, DefinitionDocument after) => DefinitionDiff.Compare(ProcessPlan.Read(before), ProcessPlan.Read(after));

    // Of two processes that are published at once on one path, the check before saw neither.
    private static async Task<Refusal?> TakenAsync(EcosystemDbContext db, ProcessPlan plan, CancellationToken cancellationToken)
    {
        var others = await db.Set<TriggerRecord>().AsNoTracking().Where(row => row.Kind == TriggerKind.Http && row.DefinitionId != plan.Document.DefinitionId).ToListAsync(cancellationToken);
        return DefinitionTriggers.Of(plan).Where(trigger => trigger.Kind == TriggerKind.Http)
            .SelectMany(mine => others.Where(theirs => HttpTopic.AreSame(mine.Name, theirs.Name) && mine.Methods.Any(method => theirs.Methods.Contains($"|{method}|", StringComparison.Ordinal)))
                .Select(theirs => new Refusal("definition.endpoint-taken", $"'{mine.Name}' is already answered by the process '{theirs.DefinitionId}'; choose another path or method.", "path")))
            .FirstOrDefault();
    }

    private static Subject Of(DefinitionVersion version) => new("definition", version.DefinitionId);

    private async Task<IReadOnlyList<DefinitionDiagnostic>> CheckAsync(EcosystemDbContext db, DefinitionDocument document, CancellationToken cancellationToken)
    {
        ProcessPlan plan;
        try
        {
            plan = ProcessPlan.Read(document);
        }
        catch (DefinitionException exception)
        {
            return exception.Diagnostics;
        }

        var published = await db.Set<DefinitionVersion>().AsNoTracking().Where(row => row.State == VersionState.Published).Select(row => row.Json).ToListAsync(cancellationToken);
        var others = published
            .Where(json => json.Contains("\"root\"", StringComparison.Ordinal))
            .Select(json => ProcessPlan.Read(DefinitionDocument.Parse(json)))
            .Where(other => other.Document.DefinitionId != document.DefinitionId)
            .ToList();
        var catalog = new PlanCatalog([plan, .. others]);
        return [.. DefinitionChecker.Check(plan, catalog, steps), .. DefinitionChecker.CheckTriggers(plan, others), .. DefinitionScenarios.Run(plan, catalog, steps)];
    }
}

using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Definitions;

/// <summary>Workflow definitions and their versions: reading, saving, checking, publishing, retiring.</summary>
public sealed partial class DefinitionService
{
    private readonly StorageSession storage;
    private readonly PlanSource plans;
    private readonly StepCatalog steps;
    private readonly Audit audit;
    private readonly TimeProvider clock;
    private readonly RecordedCases recorded;
    private readonly TriggerSignal triggers;

    internal DefinitionService(StorageSession storage, PlanSource plans, StepCatalog steps, Audit audit, TimeProvider clock, RecordedCases recorded, TriggerSignal triggers) =>
        (this.storage, this.plans, this.steps, this.audit, this.clock, this.recorded, this.triggers) = (storage, plans, steps, audit, clock, recorded, triggers);

    /// <summary>
    /// Brings the shipped definitions of a folder into the database: a definition that is not there is published as version 1; one whose
    /// latest version was shipped too, and differs, gets a new published version; one that was changed here is left alone.
    /// </summary>
    /// <param name="folder">The folder with <c>*.json</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The ids of the definitions that were brought in.</returns>
    /// <exception cref="DefinitionException">A file is not a definition or has errors; nothing was brought in.</exception>
    public Task<IReadOnlyList<string>> SeedAsync(string folder, CancellationToken cancellationToken = default)
    {
        var documents = Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(file => DefinitionDocument.Parse(File.ReadAllText(file))).ToList();
        return storage.WriteAsync<IReadOnlyList<string>>(
            async (db, token) =>
            {
                var now = clock.GetUtcNow();
                var seeded = new List<string>();
                foreach (var document in documents)
                {
                    var latest = await db.Set<DefinitionVersion>().AsTracking().FirstOrDefaultAsync(row => row.DefinitionId == document.DefinitionId && row.IsLatest, token);
                    if (latest is not null && (latest.ContentHash == document.ContentHash || latest.ChangedBy != Shipped))
                    {
                        continue;
                    }

                    foreach (var old in await db.Set<DefinitionVersion>().AsTracking()
                        .Where(row => row.DefinitionId == document.DefinitionId && row.State == VersionState.Published).ToListAsync(token))
                    {
                        old.State = VersionState.Retired;
                        old.IsLatest = false;
                    }

                    var number = (latest?.Number ?? 0) + 1;
                    db.Add(new DefinitionVersion
                    {
                        Id = VersionIdOf(document.DefinitionId, number),
                        DefinitionId = document.DefinitionId,
                        Number = number,
                        Name = document.Name,
                        State = VersionState.Published,
                        IsLatest = true,
                        ContentHash = document.ContentHash,
                        Json = document.ToJson(),
                        CreatedAt = now,
                        ChangedAt = now,
                        ChangedBy = Shipped,
                        PublishedAt = now,
                        PublishedBy = Shipped,
                    });
                    await WriteTriggersAsync(db, ProcessPlan.Read(document), token);
                    seeded.Add(document.DefinitionId);
                }

                return seeded;
            },
            cancellationToken);
    }

    private const string Shipped = "system:shipped";

    private static string VersionIdOf(string definitionId, int number)
    {
        var id = FormattableString.Invariant($"{definitionId}-v{number}");
        return id.Length <= 64 ? id : Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(id)))[..40];
    }

    private static async Task WriteTriggersAsync(EcosystemDbContext db, ProcessPlan plan, CancellationToken cancellationToken)
    {
        var definitionId = plan.Document.DefinitionId;
        foreach (var old in await db.Set<TriggerRecord>().AsTracking().Where(trigger => trigger.DefinitionId == definitionId).ToListAsync(cancellationToken))
        {
            db.Remove(old);
        }

        await db.SaveChangesAsync(cancellationToken);
        foreach (var trigger in DefinitionTriggers.Of(plan))
        {
            db.Add(new TriggerRecord
            {
                Id = $"{definitionId}/{trigger.ActivityId}",
                DefinitionId = definitionId,
                ActivityId = trigger.ActivityId,
                ActivityType = trigger.ActivityType,
                Kind = trigger.Kind,
                Name = trigger.Name,
                Methods = trigger.Methods.Count == 0 ? "" : $"|{string.Join('|', trigger.Methods)}{(trigger.Authorize ? TriggerRecord.Authorized : "|")}",
            });
        }
    }
}

using Ecosystem.Workflows.Storage;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Ecosystem.Workflows.Definitions;

/// <summary>Takes running cases to another version of their definition.</summary>
public sealed class CaseMigrations
{
    private readonly StorageSession storage;
    private readonly Audit audit;
    private readonly Func<ITemporalClient> client;

    internal CaseMigrations(StorageSession storage, Audit audit, Func<ITemporalClient> client) => (this.storage, this.audit, this.client) = (storage, audit, client);

    /// <summary>
    /// Takes cases to a version, each for itself. A case waits somewhere; the activity it waits at, and those around it, must be in the new version, under the
    /// same id or as the map says, and be of the same type. Open tasks stay as they were opened.
    /// </summary>
    /// <param name="versionId">The version; published or retired.</param>
    /// <param name="cases">Which cases.</param>
    /// <param name="activities">Which activity of the new version stands for one of the old, by id.</param>
    /// <param name="dryRun">True to be told only what would become of each.</param>
    /// <param name="actor">Who decides; takes the role <c>ops</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>One answer per case.</returns>
    public async Task<Result<IReadOnlyList<CaseMigrated>>> MigrateAsync(
        string versionId, IReadOnlyList<CaseId> cases, IReadOnlyDictionary<string, string> activities, bool dryRun, Actor actor, CancellationToken cancellationToken = default)
    {
        if (!actor.Has("ops"))
        {
            return Refusal.Forbidden("move cases to another version", "ops");
        }

        var version = await storage.ReadAsync(async (db, token) => await db.FindAsync<DefinitionVersion>([versionId], token), cancellationToken);
        if (version is null)
        {
            return Refusal.NotFound("definition version", versionId, "versionId");
        }

        if (version.State == VersionState.Draft)
        {
            return new Refusal("definition.not-published", "Cases run only on versions that were published; publish it first, or as a pilot.", "versionId");
        }

        var migration = new CaseMigration(version.Number, version.ContentHash, activities, actor.Id);
        var answers = new List<CaseMigrated>();
        foreach (var id in cases)
        {
            answers.Add(await MigrateAsync(id, version.DefinitionId, migration, dryRun, cancellationToken));
        }

        if (!dryRun)
        {
            await storage.WriteAsync(
                (db, _) =>
                {
                    audit.Add(db, actor, "definition.migrated", new Subject("definition", version.DefinitionId), null, new { version = version.Number, cases = answers.Where(answer => answer.Migrated).Select(answer => answer.CaseId.Value) });
                    return Task.CompletedTask;
                },
                cancellationToken);
        }

        return answers;
    }

    private async Task<CaseMigrated> MigrateAsync(CaseId id, string definitionId, CaseMigration migration, bool dryRun, CancellationToken cancellationToken)
    {
        var record = await storage.ReadAsync(async (db, token) => await db.FindAsync<CaseRecord>([id], token), cancellationToken);
        if (record is null || record.Kind != definitionId)
        {
            return new CaseMigrated(id, false, [$"There is no case '{id}' of '{definitionId}'."]);
        }

        try
        {
            var handle = client().GetWorkflowHandle(id.Value);
            var rpc = new RpcOptions { CancellationToken = cancellationToken };
            var problems = dryRun
                ? await handle.QueryAsync<IReadOnlyList<string>>(CaseMigration.Query, [migration], new WorkflowQueryOptions { Rpc = rpc })
                : await handle.ExecuteUpdateAsync<IReadOnlyList<string>>(CaseMigration.Update, [migration], new WorkflowUpdateOptions { Rpc = rpc });
            return new CaseMigrated(id, problems.Count == 0, problems);
        }
        catch (RpcException failure) when (failure.Code is RpcException.StatusCode.NotFound or RpcException.StatusCode.FailedPrecondition)
        {
            return new CaseMigrated(id, false, ["The case has ended."]);
        }
    }
}

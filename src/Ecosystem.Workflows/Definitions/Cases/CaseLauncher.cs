using System.Text.Json;
using System.Text.Json.Nodes;
using Ecosystem.Workflows.Integration.Outbox;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Definitions;

/// <summary>Starts cases.</summary>
/// <param name="versions">Which version of a definition is in force for whom.</param>
/// <param name="outbox">The outbox.</param>
/// <param name="clock">The present time.</param>
public sealed class CaseLauncher(DefinitionVersions versions, Outbox outbox, TimeProvider clock)
{
    /// <summary>
    /// Adds a case to the unit of work: its record at once, its workflow when the unit of work is committed. The case is pinned to the
    /// version of the definition that is published now (for a partner in a pilot, to the pilot's).
    /// </summary>
    /// <param name="db">The unit of work.</param>
    /// <param name="definitionId">The definition, for example <c>deal-registration</c>.</param>
    /// <param name="subject">What the case is about.</param>
    /// <param name="partner">The partner it belongs to, or null.</param>
    /// <param name="input">The definition's inputs: an object, or null.</param>
    /// <param name="caseId">The id of the case; by default a new one. Give one where a repeat must not start a second case.</param>
    /// <param name="triggerActivityId">The activity that triggered the start, when a trigger did.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The id of the case.</returns>
    /// <exception cref="InvalidOperationException">No version of the definition is published.</exception>
    public async Task<CaseId> AddAsync(
        EcosystemDbContext db,
        string definitionId,
        Subject subject,
        PartnerId? partner = null,
        object? input = null,
        CaseId? caseId = null,
        string? triggerActivityId = null,
        CancellationToken cancellationToken = default)
    {
        var version = await versions.InForceAsync(db, definitionId, partner, cancellationToken)
            ?? throw new InvalidOperationException($"No version of the definition '{definitionId}' is published, so no case can start.");
        return Launch(db, version, definitionId, subject, partner, input, caseId, triggerActivityId);
    }

    /// <summary>
    /// Adds a case about a partner to the unit of work as <see cref="AddAsync"/> does, unless one of the definition has not ended yet, there was one of the
    /// id, or no version is published.
    /// </summary>
    /// <param name="db">The unit of work.</param>
    /// <param name="definitionId">The definition, for example <c>re-enablement</c>.</param>
    /// <param name="partner">The partner it is about and belongs to.</param>
    /// <param name="caseId">The id of the case.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it was added.</returns>
    public async Task<bool> TryAddAsync(EcosystemDbContext db, string definitionId, PartnerId partner, CaseId caseId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (await versions.InForceAsync(db, definitionId, partner, cancellationToken) is not { } version
            || await db.Set<CaseRecord>().AnyAsync(
                record => record.Id == caseId || (record.Kind == definitionId && record.PartnerId == partner && record.EndedAt == null), cancellationToken))
        {
            return false;
        }

        Launch(db, version, definitionId, partner, partner, null, caseId, null);
        return true;
    }

    private CaseId Launch(
        EcosystemDbContext db, VersionInForce version, string definitionId, Subject subject, PartnerId? partner, object? input, CaseId? caseId, string? triggerActivityId)
    {
        var now = clock.GetUtcNow();
        var id = caseId ?? CaseId.New(now);
        db.Add(new CaseRecord
        {
            Id = id,
            Kind = definitionId,
            SubjectKind = subject.Kind,
            SubjectId = subject.Id,
            PartnerId = partner,
            Status = CaseStatus.Starting,
            DefinitionVersion = version.Version,
            ContentHash = version.ContentHash,
            StartedAt = now,
            ChangedAt = now,
        });
        var start = new CaseInput
        {
            CaseId = id.Value,
            DefinitionId = definitionId,
            Version = version.Version,
            ContentHash = version.ContentHash,
            SubjectKind = subject.Kind,
            SubjectId = subject.Id,
            PartnerId = partner?.Value,
            Input = (input as JsonNode ?? JsonSerializer.SerializeToNode(input, StepJson.Options)) as JsonObject,
            TriggerActivityId = triggerActivityId,
        };
        outbox.Add(
            db,
            OutboxKind.StartWorkflow,
            id.Value,
            new StartWorkflow(CaseInput.WorkflowType, id.Value, CaseInput.TaskQueue, JsonSerializer.SerializeToElement(start, StepJson.Options)));
        return id;
    }
}

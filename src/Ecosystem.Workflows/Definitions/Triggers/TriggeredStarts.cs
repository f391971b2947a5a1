using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Definitions;

/// <summary>Starts cases for triggers.</summary>
internal sealed class TriggeredStarts(StorageSession storage, CaseLauncher launcher)
{
    /// <summary>Starts a case at a trigger, unless it was started already or the trigger is gone.</summary>
    internal Task<CaseId?> StartAsync(string definitionId, string activityId, string caseId, CancellationToken cancellationToken) => storage.WriteAsync(
        async (db, token) =>
        {
            var id = new CaseId(caseId);
            if (!await db.Set<TriggerRecord>().AnyAsync(trigger => trigger.DefinitionId == definitionId && trigger.ActivityId == activityId, token))
            {
                return (CaseId?)null;
            }

            if (await db.FindAsync<CaseRecord>([id], token) is null)
            {
                await launcher.AddAsync(db, definitionId, new Subject("schedule", activityId), caseId: id, triggerActivityId: activityId, cancellationToken: token);
            }

            return id;
        },
        cancellationToken);
}

using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Scheduling;

/// <summary>Starts processes about partners because a day has come.</summary>
/// <param name="cases">Starts processes.</param>
internal sealed class PartnerCases(CaseLauncher cases)
{
    /// <summary>Starts a process about a partner inside a unit of work; not while one runs, nor twice under one id, nor when operations have no version published.</summary>
    public async Task<bool> TryAddAsync(EcosystemDbContext db, string definition, PartnerId partner, CaseId id, CancellationToken cancellationToken)
    {
        if (!await db.Set<DefinitionVersion>().AnyAsync(version => version.DefinitionId == definition && version.State == VersionState.Published, cancellationToken)
            || await db.Set<CaseRecord>().AnyAsync(record => record.Kind == definition && record.PartnerId == partner && (record.Status == CaseStatus.Running || record.Status == CaseStatus.Starting), cancellationToken)
            || await db.Set<CaseRecord>().FindAsync([id], cancellationToken) is not null)
        {
            return false;
        }

        await cases.AddAsync(db, definition, partner, partner, caseId: id, cancellationToken: cancellationToken);
        return true;
    }
}

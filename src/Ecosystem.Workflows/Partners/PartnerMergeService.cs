using System.Text.Json;
using Ecosystem.Workflows.Deals;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Partners;

/// <summary>
/// Duplicates: one partner absorbs another. People and keys move, empty fields are filled; deals, credits and payments stay where they
/// were earned. A merge can be undone, and leaves both as they were.
/// </summary>
/// <param name="storage">The database.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The time.</param>
public sealed class PartnerMergeService(StorageSession storage, Audit audit, TimeProvider clock)
{
    /// <summary>Merges a duplicate into a partner.</summary>
    /// <param name="survivor">The partner that stays.</param>
    /// <param name="duplicate">The partner that is absorbed.</param>
    /// <param name="reason">Why they are the same, in words.</param>
    /// <param name="actor">Who merges; needs the role ops.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The id of the merge, or why they cannot be merged.</returns>
    public Task<Result<string>> MergeAsync(PartnerId survivor, PartnerId duplicate, string reason, Actor actor, CancellationToken cancellationToken = default) => storage.WriteAsync<Result<string>>(
        async (db, token) =>
        {
            if (!actor.Has("ops"))
            {
                return Refusal.Forbidden("merge partners", "ops");
            }

            if (survivor == duplicate)
            {
                return new Refusal("merge.same", "A partner cannot be merged into itself; name two partners.", "duplicate");
            }

            if (string.IsNullOrWhiteSpace(reason))
            {
                return new Refusal("merge.reason-missing", "The reason is missing; say why the two are the same company.", "reason");
            }

            if (await db.FindAsync<Partner>([survivor], token) is not { Status: not PartnerStatus.Merged } kept)
            {
                return Refusal.NotFound("partner", survivor, "survivor");
            }

            if (await db.FindAsync<Partner>([duplicate], token) is not { Status: not PartnerStatus.Merged } absorbed)
            {
                return Refusal.NotFound("partner", duplicate, "duplicate");
            }

            var states = await db.Set<Deal>().Where(deal => deal.PartnerId == duplicate).Select(deal => deal.State).Distinct().ToListAsync(token);
            if (states.Exists(state => state.IsOpen()))
            {
                return new Refusal("merge.open-deals", "The duplicate has open deals; close or withdraw them before merging.", "duplicate");
            }

            return await MergeAsync(db, kept, absorbed, reason, actor, token);
        },
        cancellationToken);

    /// <summary>Undoes a merge.</summary>
    /// <param name="mergeId">The id of the merge.</param>
    /// <param name="actor">Who undoes it; needs the role ops.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The partner that is itself again, or why not.</returns>
    public Task<Result<PartnerId>> UnmergeAsync(string mergeId, Actor actor, CancellationToken cancellationToken = default) => storage.WriteAsync<Result<PartnerId>>(
        async (db, token) =>
        {
            if (!actor.Has("ops"))
            {
                return Refusal.Forbidden("undo a merge", "ops");
            }

            if (await db.FindAsync<PartnerMerge>([mergeId], token) is not { } merge)
            {
                return Refusal.NotFound("merge", mergeId);
            }

            if (merge.UndoneAt is not null)
            {
                return new Refusal("merge.undone", "The merge was undone already.");
            }

            if (await db.Set<PartnerMerge>().AnyAsync(later => later.SurvivorId == merge.SurvivorId && later.UndoneAt == null && later.MergedAt > merge.MergedAt, token))
            {
                return new Refusal("merge.later", "Another duplicate was merged into the partner since; undo the later merge first.");
            }

            var snapshot = JsonSerializer.Deserialize<MergeSnapshot>(merge.SnapshotJson, StoredJson.Options)!;
            var kept = (await db.FindAsync<Partner>([merge.SurvivorId], token))!;
            var absorbed = (await db.FindAsync<Partner>([merge.AbsorbedId], token))!;
            snapshot.Survivor.WriteTo(kept);
            absorbed.Status = snapshot.AbsorbedStatus;
            absorbed.StatusReason = snapshot.AbsorbedStatusReason;
            absorbed.Stage = snapshot.AbsorbedStage;
            absorbed.MergedInto = null;
            ContactId[] moved = [.. snapshot.MovedContacts];
            foreach (var contact in await db.Set<PartnerContact>().Where(contact => moved.Contains(contact.Id)).ToListAsync(token))
            {
                contact.PartnerId = merge.AbsorbedId;
            }

            string[] keys = [.. snapshot.AddedKeys];
            await db.Set<PartnerKey>().Where(key => key.PartnerId == merge.SurvivorId && keys.Contains(key.Key)).ExecuteDeleteAsync(token);
            merge.UndoneAt = clock.GetUtcNow();
            audit.Add(db, actor, "partner.unmerged", merge.AbsorbedId, null, new { survivor = merge.SurvivorId, mergeId });
            return merge.AbsorbedId;
        },
        cancellationToken);

    private async Task<Result<string>> MergeAsync(EcosystemDbContext db, Partner kept, Partner absorbed, string reason, Actor actor, CancellationToken cancellationToken)
    {
        var contacts = await db.Set<PartnerContact>().Where(contact => contact.PartnerId == absorbed.Id).OrderBy(contact => contact.Id).ToListAsync(cancellationToken);
        var known = await db.Set<PartnerKey>().AsNoTracking().Where(key => key.PartnerId == kept.Id).Select(key => key.Key).ToListAsync(cancellationToken);
        var keys = await db.Set<PartnerKey>().AsNoTracking().Where(key => key.PartnerId == absorbed.Id).Select(key => key.Key).ToListAsync(cancellationToken);
        List<string> added = [.. keys.Except(known, StringComparer.Ordinal)];
        var before = MergeFields.Of(kept);
        var now = clock.GetUtcNow();
        var id = EntityId.New("mrg-", now);
        db.Add(new PartnerMerge
        {
            Id = id,
            SurvivorId = kept.Id,
            AbsorbedId = absorbed.Id,
            MergedAt = now,
            MergedBy = actor.Id,
            Reason = reason,
            SnapshotJson = JsonSerializer.Serialize(
                new MergeSnapshot(before, absorbed.Status, absorbed.StatusReason, absorbed.Stage, [.. contacts.Select(contact => contact.Id)], added), StoredJson.Options),
        });
        before.FilledFrom(MergeFields.Of(absorbed)).WriteTo(kept);
        foreach (var contact in contacts)
        {
            contact.PartnerId = kept.Id;
        }

        db.AddRange(added.Select(key => new PartnerKey { Key = key, PartnerId = kept.Id }));
        absorbed.Status = PartnerStatus.Merged;
        absorbed.StatusReason = reason;
        absorbed.Stage = "Merged";
        absorbed.MergedInto = kept.Id;
        audit.Add(db, actor, "partner.merged", absorbed.Id, reason, new { survivor = kept.Id, mergeId = id });
        return id;
    }
}

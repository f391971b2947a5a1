using Ecosystem.Workflows.Deals;
using Ecosystem.Workflows.Partners;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Attribution;

/// <summary>Touchpoints: what partners did for deals.</summary>
/// <param name="storage">The database.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The time.</param>
public sealed class TouchpointService(StorageSession storage, Audit audit, TimeProvider clock)
{
    /// <summary>Days after a close within which a touchpoint may still be recorded; later claims are refused.</summary>
    public const int PostHocDays = 30;

    /// <summary>Records a touchpoint. With an id given and known, nothing happens.</summary>
    /// <param name="deal">The deal.</param>
    /// <param name="touch">The touchpoint.</param>
    /// <param name="actor">Who records it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Its id, or why it cannot be recorded.</returns>
    public Task<Result<TouchpointId>> RecordAsync(DealId deal, TouchpointRegistration touch, Actor actor, CancellationToken cancellationToken = default) =>
        storage.WriteAsync((db, token) => RecordAsync(db, deal, touch, actor, token), cancellationToken);

    /// <summary>The touchpoints of a deal, earliest first.</summary>
    /// <param name="deal">The deal.</param>
    /// <param name="actor">Who looks; an actor of a partner sees that partner's only.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The touchpoints.</returns>
    public Task<IReadOnlyList<Touchpoint>> OfDealAsync(DealId deal, Actor actor, CancellationToken cancellationToken = default) => storage.ReadAsync<IReadOnlyList<Touchpoint>>(
        actor,
        async (db, token) => await db.Set<Touchpoint>().Where(touch => touch.DealId == deal).OrderBy(touch => touch.OccurredOn).ThenBy(touch => touch.Id).ToListAsync(token),
        cancellationToken);

    /// <summary>Records inside a unit of work.</summary>
    internal async Task<Result<TouchpointId>> RecordAsync(EcosystemDbContext db, DealId dealId, TouchpointRegistration touch, Actor actor, CancellationToken cancellationToken)
    {
        if (touch.Id is { } known && await db.Set<Touchpoint>().AnyAsync(row => row.Id == known, cancellationToken))
        {
            return known;
        }

        var now = clock.GetUtcNow();
        if (!actor.MaySee(touch.PartnerId) || !await db.Set<Partner>().AnyAsync(row => row.Id == touch.PartnerId, cancellationToken))
        {
            return Refusal.NotFound("partner", touch.PartnerId, "partnerId");
        }

        // A partner may record what it did for somebody else's deal, for example a referral; it learns nothing about the deal by that.
        if (await db.FindAsync<Deal>([dealId], cancellationToken) is not { } deal)
        {
            return Refusal.NotFound("deal", dealId, "dealId");
        }

        var problem = Check(touch, deal, actor, now);
        if (problem is not null)
        {
            return problem;
        }

        if (await db.Set<Touchpoint>().AnyAsync(
            row => row.DealId == dealId && row.PartnerId == touch.PartnerId && row.Role == touch.Role && row.OccurredOn == touch.OccurredOn, cancellationToken))
        {
            return new Refusal("touchpoint.duplicate", $"A touchpoint '{touch.Role}' of this partner on {touch.OccurredOn:yyyy-MM-dd} is recorded already.", "occurredOn");
        }

        var id = touch.Id ?? TouchpointId.New(now);
        db.Add(new Touchpoint
        {
            Id = id,
            DealId = dealId,
            PartnerId = touch.PartnerId,
            Role = touch.Role,
            OccurredOn = touch.OccurredOn,
            Confidence = touch.Confidence ?? (string.IsNullOrWhiteSpace(touch.Evidence) ? 0.4m : 0.8m),
            EvidenceText = string.IsNullOrWhiteSpace(touch.Evidence) ? null : touch.Evidence.Trim(),
            SelfReferral = touch.SelfReferral,
            RecordedAt = now,
            RecordedBy = actor.Id,
        });
        if (touch.PartnerId == deal.PartnerId && (deal.LastActivityOn is null || deal.LastActivityOn < touch.OccurredOn))
        {
            deal.LastActivityOn = touch.OccurredOn;
        }

        audit.Add(db, actor, "deal.touchpoint", dealId, null, new { touchpointId = id, partnerId = touch.PartnerId, touch.Role, touch.OccurredOn });
        return id;
    }

    private static Refusal? Check(TouchpointRegistration touch, Deal deal, Actor actor, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        if (!Enum.IsDefined(touch.Role))
        {
            return new Refusal("touchpoint.role-unknown", $"The kind of touchpoint is unknown; it must be one of {string.Join(", ", Enum.GetNames<TouchRole>())}.", "kind");
        }

        if (touch.OccurredOn > today.AddDays(1))
        {
            return new Refusal("touchpoint.in-future", $"The day {touch.OccurredOn:yyyy-MM-dd} is in the future; record what has happened.", "occurredOn");
        }

        if (touch.Confidence is { } confidence)
        {
            if (confidence is < 0m or > 1m)
            {
                return new Refusal("touchpoint.confidence-range", $"A confidence of {confidence} is not possible; it must be between 0 and 1.", "confidence");
            }

            if (actor.Partner is not null)
            {
                return new Refusal("touchpoint.confidence-own", "A partner cannot say how well its own touchpoint is proven; leave the confidence out and give evidence.", "confidence");
            }
        }

        return deal.ClosedOn is { } closed && today > closed.AddDays(PostHocDays)
            ? new Refusal("touchpoint.post-hoc", $"The deal was closed on {closed:yyyy-MM-dd}; touchpoints could be recorded until {PostHocDays} days later.", "occurredOn")
            : null;
    }
}

using Ecosystem.Workflows.Decisions;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Engagement;

/// <summary>The contact budget: nobody gets more messages than the ruleset <c>engagement-policy</c> allows, over all processes.</summary>
/// <param name="storage">The database.</param>
/// <param name="decisions">Asks rulesets.</param>
/// <param name="clock">The time.</param>
public sealed class EngagementService(StorageSession storage, DecisionService decisions, TimeProvider clock)
{
    /// <summary>Decides what becomes of a message and notes it, inside the unit of work that writes the message.</summary>
    /// <param name="db">The unit of work.</param>
    /// <param name="request">The message.</param>
    /// <param name="actor">Who wants to send it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What is to become of it.</returns>
    public async Task<ContactDecision> DecideAsync(EcosystemDbContext db, ContactRequest request, Actor actor, CancellationToken cancellationToken = default)
    {
        var now = clock.GetUtcNow();
        var weekAgo = now.AddDays(-7);
        var counted = await db.Set<ContactLogEntry>().AsNoTracking()
            .Where(entry => entry.PersonId == request.PersonId && entry.At > weekAgo && entry.Counts)
            .Select(entry => entry.At).ToListAsync(cancellationToken);

        // Messages of this very unit of work count too.
        counted.AddRange(db.Set<ContactLogEntry>().Local.Where(entry => entry.Sequence <= 0 && entry.PersonId == request.PersonId && entry.Counts).Select(entry => entry.At));
        var inputs = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["category"] = request.Category,
            ["optedOut"] = request.OptedOut,
            ["sentThisWeek"] = counted.Count,
            ["sentToday"] = counted.Count(at => at.UtcDateTime.Date == now.UtcDateTime.Date),
            ["quietHours"] = request.QuietHours,
            ["dueInHours"] = request.DueInHours,
        };
        var decision = decisions.Decide(db, "engagement-policy", DateOnly.FromDateTime(now.UtcDateTime), inputs, request.Subject, actor);
        var result = new ContactDecision(decision.Text("action"), decision.Flag("counts"), decision.Flag("bypass"), decision.Id);
        db.Add(new ContactLogEntry
        {
            PersonId = request.PersonId,
            Category = request.Category,
            SubjectId = request.Subject.ToString(),
            Action = result.Action,
            Counts = result.Counts,
            Bypass = result.Bypass,
            At = now,
            SentAt = result.Action == "send" ? now : null,
            DecisionId = decision.Id,
        });
        return result;
    }

    /// <summary>What waits for a person's digest, oldest first.</summary>
    /// <param name="personId">The person.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The merged and deferred messages that have not gone out.</returns>
    public Task<IReadOnlyList<ContactLogEntry>> DigestAsync(string personId, CancellationToken cancellationToken = default) => storage.ReadAsync<IReadOnlyList<ContactLogEntry>>(
        async (db, token) => await db.Set<ContactLogEntry>()
            .Where(entry => entry.PersonId == personId && entry.SentAt == null && (entry.Action == "merge" || entry.Action == "defer"))
            .OrderBy(entry => entry.Sequence).ToListAsync(token),
        cancellationToken);
}

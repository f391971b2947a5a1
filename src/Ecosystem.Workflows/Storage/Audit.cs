using System.Text.Json;

namespace Ecosystem.Workflows.Storage;

/// <summary>Writes the audit trail.</summary>
public sealed class Audit(TimeProvider clock)
{
    /// <summary>Adds an entry to the unit of work: it is saved with the change it tells of, or not at all.</summary>
    /// <param name="db">The unit of work.</param>
    /// <param name="actor">Who did it.</param>
    /// <param name="action">What, for example <c>deal.protected</c>.</param>
    /// <param name="subject">To what.</param>
    /// <param name="reason">Why, in words.</param>
    /// <param name="data">Facts that belong to it (ids, states, amounts; no personal data); written as JSON.</param>
    public void Add(EcosystemDbContext db, Actor actor, string action, Subject subject, string? reason = null, object? data = null)
    {
        var now = clock.GetUtcNow();
        db.Append(new AuditEntry
        {
            At = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond)).ToUniversalTime(),
            ActorId = actor.Id,
            Source = actor.Source,
            Action = action,
            SubjectKind = subject.Kind,
            SubjectId = subject.Id,
            ReasonText = reason,
            DataJson = data is null ? null : JsonSerializer.Serialize(data, StoredJson.Options),
        });
    }

    /// <summary>Checks the whole chain.</summary>
    /// <param name="session">The database.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many entries were read, and the number of the first one that does not fit, or null when all do.</returns>
    public static Task<(long Entries, long? BrokenAt)> VerifyAsync(StorageSession session, CancellationToken cancellationToken = default) =>
        session.ReadAsync(AuditChain.VerifyAsync, cancellationToken);
}

using System.Text.Json;
using Ecosystem.Workflows.Storage;

namespace Ecosystem.Workflows.Integration.Outbox;

/// <summary>Writes what is to happen outside the database, in the same transaction as the facts that call for it.</summary>
public sealed class Outbox(TimeProvider clock)
{
    /// <summary>Adds a message to the unit of work.</summary>
    /// <param name="db">The unit of work.</param>
    /// <param name="kind">What it makes happen.</param>
    /// <param name="key">Messages of one key are delivered in order.</param>
    /// <param name="payload">What the delivery needs; written as JSON. For workflows <see cref="StartWorkflow"/> and <see cref="SignalWorkflow"/>.</param>
    /// <param name="id">The id of the message; by default a new one.</param>
    /// <returns>The id of the message.</returns>
    public string Add(EcosystemDbContext db, OutboxKind kind, string key, object payload, string? id = null)
    {
        var now = clock.GetUtcNow();
        id ??= NewId();
        db.Add(new OutboxMessage
        {
            Id = id,
            Kind = kind,
            Key = key,
            PayloadJson = JsonSerializer.Serialize(payload, StoredJson.Options),
            CreatedAt = now,
        });
        return id;
    }

    /// <summary>Makes the id of a message before the message is added, for payloads that carry it.</summary>
    /// <returns>The id.</returns>
    public string NewId() => EntityId.New("out-", clock.GetUtcNow());
}

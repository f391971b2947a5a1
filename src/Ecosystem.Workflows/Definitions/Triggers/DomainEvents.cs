using System.Text.Json.Nodes;
using Ecosystem.Workflows.Integration.Outbox;
using Ecosystem.Workflows.Integration.Webhooks;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Ecosystem.Workflows.Definitions;

/// <summary>
/// What the audit trail says was done to a partner, a deal, a conflict or a payout is an event of the same name (<c>partner.applied</c>,
/// <c>deal.won</c>), whichever door it came through: no command can forget to raise it. It is raised where a case waits for it, a
/// definition is started by it or there are webhooks, in the transaction of the change itself.
/// </summary>
internal sealed class DomainEvents : SaveChangesInterceptor
{
    private static readonly string[] Rooms = ["partner.", "deal.", "conflict.", "agreement.", "certificate.", "training.", "payout.", "payee.", "incentive.", "tier."];

    // One question for all who may listen. It is asked for every change, so it is compiled once: for the database of these services.
    private readonly Func<EcosystemDbContext, string, string, string?, string?, CancellationToken, Task<bool>> isListenedTo = EF.CompileAsyncQuery(
        (EcosystemDbContext db, string name, string subject, string? partner, string? deal, CancellationToken _) => db.Set<EventSubscription>()
            .Where(row => row.Name == name && (row.CorrelationId == subject || row.CorrelationId == partner || row.CorrelationId == deal) && row.CorrelationId != null).Select(_ => 1)
            .Concat(db.Set<TriggerRecord>().Where(row => row.Kind == TriggerKind.Event && row.Name == name).Select(_ => 1))
            .Concat(db.Set<Webhook>().Where(row => row.DisabledAt == null).Select(_ => 1))
            .Any());

    /// <summary>Whether an action is an event too.</summary>
    internal static bool Is(string action) => Array.Exists(Rooms, room => action.StartsWith(room, StringComparison.Ordinal));

    /// <summary>The domain events a case waits for with a request.</summary>
    internal static IEnumerable<string> In(EngineRequest request) =>
        ProcessEngine.AsList(request.Data.GetValueOrDefault("names")).Select(Values.ToText).Where(Is).Distinct(StringComparer.Ordinal);

    /// <summary>Adds the events of a unit of work to its outbox, those somebody listens to.</summary>
    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        var db = (EcosystemDbContext)eventData.Context!;
        foreach (var entry in db.NewAuditEntries.Where(entry => Is(entry.Action)))
        {
            var data = entry.DataJson is null ? [] : (JsonObject)JsonNode.Parse(entry.DataJson)!;
            var about = About(entry, data);
            if (await isListenedTo(db, entry.Action, about[0], about.ElementAtOrDefault(1), about.ElementAtOrDefault(2), cancellationToken))
            {
                db.HasNewOutboxMessages = true;
                db.Add(new OutboxMessage
                {
                    Id = EntityId.New("out-", entry.At),
                    Kind = OutboxKind.Event,
                    Key = entry.SubjectId,
                    PayloadJson = Payload(entry, data).ToJsonString(),
                    CreatedAt = entry.At,
                });
            }
        }

        return result;
    }

    private static JsonObject Payload(AuditEntry entry, JsonObject data)
    {
        var payload = new JsonObject
        {
            ["type"] = entry.Action,
            ["at"] = Values.Text(entry.At),
            ["subject"] = new JsonObject { ["kind"] = entry.SubjectKind, ["id"] = entry.SubjectId },
            ["reason"] = entry.ReasonText,
            ["source"] = entry.Source.ToString(),
        };
        if (entry.SubjectKind is "partner" or "deal" or "conflict" or "payout")
        {
            payload[entry.SubjectKind + "Id"] = entry.SubjectId;
        }

        foreach (var (name, value) in data)
        {
            payload.TryAdd(name, value?.DeepClone());
        }

        return payload;
    }

    private static List<string> About(AuditEntry entry, JsonObject data)
    {
        var about = new List<string> { entry.SubjectId };
        foreach (var name in new[] { "partnerId", "dealId" })
        {
            if (data.Text(name) is { Length: > 0 } id && !about.Contains(id))
            {
                about.Add(id);
            }
        }

        return about;
    }
}

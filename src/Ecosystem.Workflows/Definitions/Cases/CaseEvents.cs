using System.Text.Json;
using System.Text.Json.Nodes;
using Ecosystem.Workflows.Integration.Outbox;
using Ecosystem.Workflows.Storage;

namespace Ecosystem.Workflows.Definitions;

/// <summary>Raises events for cases. They reach the case once its transaction is committed, in order, and count once.</summary>
/// <param name="outbox">The outbox.</param>
public sealed class CaseEvents(Outbox outbox)
{
    /// <summary>Adds an event to the unit of work. An event for a case that has ended is dropped.</summary>
    /// <param name="db">The unit of work.</param>
    /// <param name="caseId">The case.</param>
    /// <param name="name">The event, for example <c>deal.won</c>.</param>
    /// <param name="data">What belongs to it; an object whose properties the definition sees, or null.</param>
    public void Add(EcosystemDbContext db, CaseId caseId, string name, object? data = null)
    {
        var id = outbox.NewId();
        var node = data as JsonNode ?? JsonSerializer.SerializeToNode(data, StepJson.Options);
        var payload = JsonSerializer.SerializeToElement(new CaseEvent(id, name, node), StepJson.Options);
        outbox.Add(db, OutboxKind.SignalWorkflow, caseId.Value, new SignalWorkflow(caseId.Value, CaseEvent.Signal, payload), id);
    }
}

using System.Text.Json.Nodes;
using Ecosystem.Workflows.Storage;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Ecosystem.Workflows.Definitions;

/// <summary>Acts on running cases.</summary>
public sealed class CaseCommands
{
    private readonly StorageSession storage;
    private readonly CaseWriter writer;
    private readonly Audit audit;
    private readonly Func<ITemporalClient> client;

    internal CaseCommands(StorageSession storage, CaseWriter writer, Audit audit, Func<ITemporalClient> client) =>
        (this.storage, this.writer, this.audit, this.client) = (storage, writer, audit, client);

    /// <summary>Calls a case off. Its open tasks are closed; steps that declare an undo are undone, last first.</summary>
    /// <param name="id">The case.</param>
    /// <param name="reason">Why.</param>
    /// <param name="actor">Who; takes the role <c>ops</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The case, or why it cannot be called off.</returns>
    public async Task<Result<CaseId>> CancelAsync(CaseId id, string reason, Actor actor, CancellationToken cancellationToken = default)
    {
        if (!actor.Has("ops"))
        {
            return Refusal.Forbidden("cancel a case", "ops");
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            return new Refusal("case.reason-missing", "Say why the case is called off: it stays in its history.", "reason");
        }

        try
        {
            await client().GetWorkflowHandle(id.Value).SignalAsync("cancelCase", [], new WorkflowSignalOptions { Rpc = new RpcOptions { CancellationToken = cancellationToken } });
        }
        catch (RpcException failure) when (failure.Code == RpcException.StatusCode.NotFound)
        {
            return new Refusal("case.ended", $"The case '{id}' has ended, or there is none.", "caseId");
        }

        await storage.WriteAsync(
            (db, _) =>
            {
                audit.Add(db, actor, "case.cancelled", id, reason);
                return Task.CompletedTask;
            },
            cancellationToken);
        return id;
    }

    /// <summary>Decides what becomes of a failed step: <c>Retry</c>, <c>Skip</c>, <c>Answer</c> for it, or <c>Cancel</c> the case.</summary>
    /// <param name="id">The case.</param>
    /// <param name="stepId">The activity whose step failed.</param>
    /// <param name="decision">The decision.</param>
    /// <param name="outcome">For <c>Answer</c>: the outcome.</param>
    /// <param name="output">For <c>Answer</c>: the outputs.</param>
    /// <param name="comment">Why.</param>
    /// <param name="actor">Who; takes the role <c>ops</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The case, or why the decision is not taken.</returns>
    public async Task<Result<CaseId>> DecideIncidentAsync(
        CaseId id, string stepId, string decision, string? outcome, JsonObject? output, string? comment, Actor actor, CancellationToken cancellationToken = default)
    {
        if (!actor.Has("ops"))
        {
            return Refusal.Forbidden("decide on a failed step", "ops");
        }

        if (decision is not ("Retry" or "Skip" or "Answer" or "Cancel"))
        {
            return new Refusal("incident.unknown-decision", $"'{decision}' is not a decision; choose Retry, Skip, Answer or Cancel.", "decision");
        }

        try
        {
            var argument = new IncidentDecision(stepId, decision, outcome, output, comment, Tasks.TaskActor.Of(actor));
            var answered = await client().GetWorkflowHandle(id.Value)
                .ExecuteUpdateAsync<Tasks.TaskAnswered>(IncidentDecision.Update, [argument], new WorkflowUpdateOptions { Rpc = new RpcOptions { CancellationToken = cancellationToken } });
            return answered.Refusals.Count > 0 ? Result<CaseId>.Refused(answered.Refusals) : id;
        }
        catch (RpcException failure) when (failure.Code == RpcException.StatusCode.NotFound)
        {
            return new Refusal("case.ended", $"The case '{id}' has ended, or there is none.", "caseId");
        }
    }

    /// <summary>Publishes an event: to every case that waits for it, and to the definitions it triggers.</summary>
    /// <param name="name">The event.</param>
    /// <param name="payload">What belongs to it.</param>
    /// <param name="correlationId">Only for cases correlated by this id; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when it is committed.</returns>
    public Task PublishEventAsync(string name, JsonNode? payload, string? correlationId = null, CancellationToken cancellationToken = default) =>
        storage.WriteAsync((db, token) => writer.PublishAsync(db, new PublishedEvent(name, payload) { CorrelationIds = correlationId is null ? null : [correlationId] }, token), cancellationToken);
}

using Temporalio.Api.Command.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Update.V1;

namespace Ecosystem.Temporal.Executions;

/// <content>The update protocol.</content>
internal sealed partial class CommandProcessor
{
    private const WorkflowTaskFailedCause BadMessage = WorkflowTaskFailedCause.BadUpdateWorkflowExecutionMessage;

    /// <summary>What updates became in this task, by id, in the words that workers are told.</summary>
    private readonly Dictionary<string, string> _provisional = [];

    private void ProtocolMessage(ProtocolMessageCommandAttributes? attributes)
    {
        Require(attributes is not null, BadMessage, "ProtocolMessageCommandAttributes is not set on ProtocolMessageCommand.");
        Require(attributes!.MessageId.Length > 0, BadMessage, "MessageID is not set on ProtocolMessageCommand.");
        var message = messages.FirstOrDefault(message => message.Id == attributes.MessageId);
        Require(
            message is not null,
            BadMessage,
            $"ProtocolMessageCommand referenced absent message ID {attributes.MessageId}");
        if (_processed.Add(message!.Id))
        {
            Process(message);
        }
    }

    private void Process(Message message)
    {
        var type = Any.GetTypeName(message.Body?.TypeUrl ?? "");
        var package = type.LastIndexOf('.') is > 0 and var dot ? type[..dot] : type;
        Require(package == "temporal.api.update.v1", BadMessage, $"unsupported protocol type {package}");
        var updates = transaction.Execution.Updates;
        var id = message.ProtocolInstanceId;
        var update = updates.FindOrRevive(id);
        if (update is null)
        {
            update = Resurrect(message, id);
            if (update is null)
            {
                throw new CommandException(BadMessage, $"update {id} wasn't found on the server. This is most likely a transient error which will be resolved automatically by retries");
            }
        }

        switch (type)
        {
            case "temporal.api.update.v1.Acceptance":
                Accept(update, message.Body!.Unpack<Acceptance>());
                break;
            case "temporal.api.update.v1.Response":
                Respond(update, message.Body!.Unpack<Response>());
                break;
            case "temporal.api.update.v1.Rejection":
                Reject(update, message.Body!.Unpack<Rejection>());
                break;
            default:
                throw new CommandException(BadMessage, $"message type {type} not supported");
        }
    }

    /// <summary>An update that was lost with the process comes back with the worker's acceptance or rejection, which holds its request.</summary>
    private LiveUpdate? Resurrect(Message message, string id)
    {
        var request = message.Body!.TryUnpack<Acceptance>(out var acceptance) ? acceptance.AcceptedRequest
            : message.Body.TryUnpack<Rejection>(out var rejection) ? rejection.RejectedRequest
            : null;
        return request?.Meta?.UpdateId == id ? transaction.Execution.Updates.Admit(request) : null;
    }

    private void Accept(LiveUpdate update, Acceptance acceptance)
    {
        CheckState(update, update.Stage is LiveUpdateStage.Sent or LiveUpdateStage.Admitted, "Acceptance");
        Require(acceptance.AcceptedRequestSequencingEventId != 0, BadMessage, "invalid *update.Acceptance: accepted_request_sequencing_event_id is not set");
        Require(acceptance.AcceptedRequestMessageId.Length > 0, BadMessage, "invalid *update.Acceptance: accepted_request_message_id is not set");
        transaction.Add(new HistoryEvent
        {
            EventType = EventType.WorkflowExecutionUpdateAccepted,
            WorkflowExecutionUpdateAcceptedEventAttributes = new WorkflowExecutionUpdateAcceptedEventAttributes
            {
                ProtocolInstanceId = update.Id,
                AcceptedRequestMessageId = update.MessageId,
                AcceptedRequestSequencingEventId = acceptance.AcceptedRequestSequencingEventId,
                AcceptedRequest = update.Request,
            },
        });
        update.Stage = LiveUpdateStage.Accepted;
        _provisional[update.Id] = "ProvisionallyAccepted";
        transaction.AfterCommit.Add(update.SetAccepted);
    }

    private void Respond(LiveUpdate update, Response response)
    {
        CheckState(update, update.Stage == LiveUpdateStage.Accepted, "Response");
        var updateId = response.Meta?.UpdateId ?? "";
        Require(response.Meta is not null, BadMessage, "invalid *update.Response: meta is not set");
        Require(updateId.Length > 0, BadMessage, "invalid *update.Response: meta.update_id is not set");
        Require(updateId == update.Id, BadMessage, $"invalid *update.Response: meta.update_id != {update.Id}");
        Require(response.Outcome is not null, BadMessage, "invalid *update.Response: outcome is not set");
        transaction.Add(new HistoryEvent
        {
            EventType = EventType.WorkflowExecutionUpdateCompleted,
            WorkflowExecutionUpdateCompletedEventAttributes = new WorkflowExecutionUpdateCompletedEventAttributes
            {
                Meta = response.Meta,
                Outcome = response.Outcome,
                AcceptedEventId = State.Updates[update.Id].AcceptedEventId,
            },
        });
        update.Stage = LiveUpdateStage.Completed;
        _provisional[update.Id] = "ProvisionallyCompleted";
        transaction.Execution.Updates.Remove(update);
        transaction.AfterCommit.Add(() => update.SetCompleted(response.Outcome!));
    }

    private void Reject(LiveUpdate update, Rejection rejection)
    {
        CheckState(update, update.Stage is LiveUpdateStage.Sent or LiveUpdateStage.Admitted, "Rejection");
        _provisional[update.Id] = "ProvisionallyCompleted";
        Reject(update, rejection.Failure ?? new Failure());
    }

    /// <summary>Refuses an update; it leaves no trace.</summary>
    public void Reject(LiveUpdate update, Failure failure)
    {
        transaction.Execution.Updates.Remove(update);
        State.Updates.Remove(update.Id);
        transaction.AfterCommit.Add(() => update.SetCompleted(new Outcome { Failure = failure }));
    }

    private void CheckState(LiveUpdate update, bool good, string message) => Require(
        good,
        BadMessage,
        $"invalid state transition attempted for Update {update.Id}: received *update.{message} message while in state {_provisional.GetValueOrDefault(update.Id, update.Stage.ToString())}");
}

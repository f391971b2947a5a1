using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Update.V1;

namespace Ecosystem.Temporal.Executions;

/// <summary>
/// Updates of a run that are under way, and who waits for them. Admitted updates live here only, as on the real server: a caller whose
/// update was lost with the process asks again. Guarded by the chain's lock.
/// </summary>
internal sealed class UpdateRegistry(Execution execution)
{
    private readonly Dictionary<string, LiveUpdate> _updates = [];

    /// <summary>Updates that no worker was given.</summary>
    public bool HasUnsent => _updates.Values.Any(update => update.Stage == LiveUpdateStage.Admitted);

    /// <summary>Updates that the current or next workflow task carries.</summary>
    public int InFlight => _updates.Count;

    /// <summary>Updates that the worker has not answered.</summary>
    public bool HasPending => _updates.Values.Any(update => update.Stage is LiveUpdateStage.Admitted or LiveUpdateStage.Sent);

    public LiveUpdate? Find(string id) => _updates.GetValueOrDefault(id);

    /// <summary>The live update of that id, brought to life if it is only in history.</summary>
    public LiveUpdate? FindOrRevive(string id)
    {
        if (_updates.TryGetValue(id, out var live))
        {
            return live;
        }

        if (!execution.State.Updates.TryGetValue(id, out var recorded))
        {
            return null;
        }

        if (recorded.CompletedEventId != 0)
        {
            var completed = new LiveUpdate(id, null);
            completed.SetCompleted(recorded.Outcome!);
            return completed;
        }

        live = new LiveUpdate(id, null);
        if (recorded.AcceptedEventId != 0)
        {
            live.Stage = LiveUpdateStage.Accepted;
            live.SetAccepted();
        }

        _updates[id] = live;
        return live;
    }

    public LiveUpdate Admit(Request request)
    {
        var update = new LiveUpdate(request.Meta.UpdateId, request);
        _updates[update.Id] = update;
        return update;
    }

    /// <summary>Brings updates that came with a reset to life, so that a task can carry them.</summary>
    public void ReviveAdmitted()
    {
        foreach (var recorded in execution.State.Updates.Values)
        {
            if (recorded is { AcceptedEventId: 0, CompletedEventId: 0, Request: not null } && !_updates.ContainsKey(recorded.UpdateId))
            {
                // Its request is in history, from where the worker has it; no message repeats it.
                _updates[recorded.UpdateId] = new LiveUpdate(recorded.UpdateId, null);
            }
        }
    }

    /// <summary>The messages for a workflow task that starts now.</summary>
    /// <param name="sequencingEventId">The event after which the worker is to process them.</param>
    /// <param name="again">Whether those that a worker was sent before, and did not answer, are sent again.</param>
    public List<Message> Send(long sequencingEventId, bool again)
    {
        var messages = new List<Message>();
        foreach (var update in _updates.Values)
        {
            if (update.Stage != LiveUpdateStage.Admitted && (update.Stage != LiveUpdateStage.Sent || !again))
            {
                continue;
            }

            update.Stage = LiveUpdateStage.Sent;
            if (update.Request is null)
            {
                continue;
            }

            messages.Add(new Message
            {
                Id = update.MessageId,
                ProtocolInstanceId = update.Id,
                EventId = sequencingEventId,
                Body = Any.Pack(update.Request),
            });
        }

        return messages;
    }

    /// <summary>The task that carried updates is gone: the next one carries them again.</summary>
    public void Unsend()
    {
        foreach (var update in _updates.Values)
        {
            if (update.Stage == LiveUpdateStage.Sent)
            {
                update.Stage = LiveUpdateStage.Admitted;
            }
        }
    }

    /// <summary>Remembers how far each update is, to go back there if the change that follows is undone.</summary>
    public Action Snapshot()
    {
        var before = _updates.Values.Select(update => (update, update.Stage)).ToList();
        return () =>
        {
            _updates.Clear();
            foreach (var (update, stage) in before)
            {
                update.Stage = stage;
                _updates[update.Id] = update;
            }
        };
    }

    public List<LiveUpdate> Unanswered() => [.. _updates.Values.Where(update => update.Stage == LiveUpdateStage.Sent)];

    public void Remove(LiveUpdate update) => _updates.Remove(update.Id);

    /// <summary>
    /// The task's completion was not good. An update that its worker had ends with an error, as it may be at fault; one that no worker had
    /// comes with the next task; who waits for an accepted one to complete is told that it is accepted. Returns what to tell them.
    /// </summary>
    public List<Action> FailTask()
    {
        var actions = new List<Action>();
        foreach (var update in _updates.Values.ToList())
        {
            switch (update.Stage)
            {
                case LiveUpdateStage.Sent:
                    _updates.Remove(update.Id);
                    actions.Add(() => update.Abort(RpcErrors.WorkflowNotReady("Unable to perform workflow execution update due to unexpected workflow task failure.")));
                    break;
                case LiveUpdateStage.Accepted:
                    _updates.Remove(update.Id);
                    actions.Add(() => update.Released.TrySetResult());
                    break;
            }
        }

        return actions;
    }

    /// <summary>Ends all updates that are not accepted with an error; returns what to do once the change is durable.</summary>
    private List<Action> AbortUnaccepted(Func<RpcException> error)
    {
        var actions = new List<Action>();
        foreach (var update in _updates.Values.ToList())
        {
            if (update.Stage is LiveUpdateStage.Admitted or LiveUpdateStage.Sent)
            {
                _updates.Remove(update.Id);
                actions.Add(() => update.Abort(error()));
            }
        }

        return actions;
    }

    /// <summary>The run closed: accepted updates fail, others are refused; returns what to do once the change is durable.</summary>
    public List<Action> Close(bool continuedAsNew)
    {
        var actions = AbortUnaccepted(continuedAsNew ? RpcErrors.Busy : RpcErrors.AlreadyCompleted);
        foreach (var update in _updates.Values.ToList())
        {
            actions.Add(() => update.SetCompleted(LostWithTheRun()));
        }

        _updates.Clear();
        return actions;
    }

    /// <summary>The outcome of an update that was accepted by a run which closed without completing it.</summary>
    public static Outcome LostWithTheRun() => new()
    {
        Failure = new Failure
        {
            Message = "Workflow Update failed because the Workflow completed before the Update completed.",
            Source = "Server",
            ApplicationFailureInfo = new ApplicationFailureInfo { Type = "AcceptedUpdateCompletedWorkflow", NonRetryable = true },
        },
    };
}

/// <summary>How far an update has come.</summary>
internal enum LiveUpdateStage
{
    Admitted,
    Sent,
    Accepted,
    Completed,
}

/// <summary>An update that is under way.</summary>
internal sealed class LiveUpdate(string id, Request? request)
{
    private readonly TaskCompletionSource _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Outcome> _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Id { get; } = id;

    /// <summary>What was asked for; null once history has it.</summary>
    public Request? Request { get; } = request;

    /// <summary>Id of the message that carries the request.</summary>
    public string MessageId => Id + "/request";

    public LiveUpdateStage Stage { get; set; }

    /// <summary>Completes when the worker has accepted or answered it.</summary>
    public Task Accepted => _accepted.Task;

    public Task<Outcome> Completed => _completed.Task;

    /// <summary>Set when waiters are to leave with the stage reached so far.</summary>
    public TaskCompletionSource Released { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void SetAccepted() => _accepted.TrySetResult();

    public void SetCompleted(Outcome outcome)
    {
        Stage = LiveUpdateStage.Completed;
        _completed.TrySetResult(outcome);
        _accepted.TrySetResult();
    }

    public void Abort(RpcException error)
    {
        // Waiters look at the completion first, so that both end with the same error.
        _completed.TrySetException(error);
        _accepted.TrySetException(error);
        _ = _completed.Task.Exception;
        _ = _accepted.Task.Exception;
    }
}

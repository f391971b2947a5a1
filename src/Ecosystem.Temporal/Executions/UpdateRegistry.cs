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

        live = new LiveUpdate(id, recorded.Request);
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
                _updates[recorded.UpdateId] = new LiveUpdate(recorded.UpdateId, recorded.Request);
            }
        }
    }

    /// <summary>The messages for a workflow task that starts now.</summary>
    public List<Message> Send(long sequencingEventId)
    {
        var messages = new List<Message>();
        foreach (var update in _updates.Values)
        {
            if (update.Stage is not (LiveUpdateStage.Admitted or LiveUpdateStage.Sent))
            {
                continue;
            }

            update.Stage = LiveUpdateStage.Sent;
            messages.Add(new Message
            {
                Id = update.Id + "/request",
                ProtocolInstanceId = update.Id,
                EventId = sequencingEventId,
                Body = Any.Pack(update.Request!),
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

    /// <summary>Forgets updates that are accepted; they come back from history when they are asked for.</summary>
    public void ForgetAccepted()
    {
        foreach (var update in _updates.Values.Where(update => update.Stage == LiveUpdateStage.Accepted).ToList())
        {
            _updates.Remove(update.Id);
        }
    }

    public List<LiveUpdate> Unanswered() => [.. _updates.Values.Where(update => update.Stage == LiveUpdateStage.Sent)];

    public IEnumerable<LiveUpdate> All => _updates.Values;

    public void Remove(LiveUpdate update) => _updates.Remove(update.Id);

    /// <summary>Ends all updates that are not accepted with an error; returns what to do once the change is durable.</summary>
    public List<Action> AbortUnaccepted(Func<RpcException> error)
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

    public Request? Request { get; } = request;

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

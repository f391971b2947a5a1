namespace Ecosystem.Temporal.Activities;

/// <summary>
/// Keeps activities that run without a workflow: gives their attempts to queues, times them out, and stores every change before anybody
/// is told. The decisions are <see cref="StandaloneActivityMachine"/>'s.
/// </summary>
internal sealed class StandaloneActivityService
{
    /// <summary>The division in which the visibility tables keep activities apart from workflows.</summary>
    public const string Division = "TemporalActivity";

    private const string DocumentKind = "activity";
    private static readonly TimeSpan DeletionDelay = TimeSpan.FromMilliseconds(200);
    private readonly Lock _lock = new();
    private readonly Dictionary<(NamespaceRecord Namespace, string Id), List<StandaloneActivity>> _runs = [];
    private readonly Engine _engine;

    public StandaloneActivityService(Engine engine)
    {
        _engine = engine;
        foreach (var document in engine.Store.Documents(DocumentKind))
        {
            if (engine.Namespaces.FindById(document.Key.Split('/', 2)[0]) is { } ns)
            {
                Keep(StandaloneActivity.Read(ns, document.Data!));
            }
        }

        foreach (var runs in _runs.Values)
        {
            runs.Sort((a, b) => a.RowKey.CompareTo(b.RowKey));
        }

        engine.Namespaces.Cleaners.Add(ClearAsync);
    }

    /// <summary>Gives the attempts that wait to their queues, after a restart.</summary>
    public void Start()
    {
        lock (_lock)
        {
            foreach (var activity in _runs.Values.SelectMany(runs => runs).Where(activity => activity.IsRunning))
            {
                if (activity.IsStarted && _engine.EndedWithProcess(activity.Info.LastWorkerIdentity))
                {
                    StandaloneActivityMachine.TimeOut(activity, ActivityTimer.StartToClose, _engine.Now, delays: false);
                    _ = Store(activity);
                    continue;
                }

                Count(activity);
                Arm(activity);
            }
        }
    }

    /// <summary>Starts an activity, or finds the one that the policies say.</summary>
    public async Task<(StandaloneActivity Activity, bool Started)> StartAsync(NamespaceRecord ns, StartActivityExecutionRequest request)
    {
        StandaloneActivity activity;
        Task durable;
        lock (_lock)
        {
            if (Current(ns, request.ActivityId) is { } current)
            {
                if (current.Request.RequestId == request.RequestId || (current.IsRunning && request.IdConflictPolicy == ActivityIdConflictPolicy.UseExisting))
                {
                    return (current, false);
                }

                if (current.IsRunning || Refuses(request.IdReusePolicy, current))
                {
                    throw RpcErrors.Create(
                        StatusCode.AlreadyExists,
                        "activity execution already started",
                        new Temporalio.Api.ErrorDetails.V1.ActivityExecutionAlreadyStartedFailure
                        {
                            StartRequestId = current.Request.RequestId,
                            RunId = current.RunId,
                        });
                }
            }

            activity = StandaloneActivityMachine.Create(ns, _engine.NextKey(), request, _engine.Now);
            Keep(activity);
            durable = Store(activity);
        }

        await durable;
        return (activity, true);
    }

    /// <summary>Looks at an activity.</summary>
    /// <exception cref="RpcException">NOT_FOUND.</exception>
    public T Read<T>(NamespaceRecord ns, string id, string runId, Func<StandaloneActivity, T> read)
    {
        lock (_lock)
        {
            return read(Find(ns, id, runId));
        }
    }

    /// <summary>Changes an activity and stores it.</summary>
    /// <exception cref="RpcException">NOT_FOUND, or what the change says.</exception>
    public Task ChangeAsync(NamespaceRecord ns, string id, string runId, Action<StandaloneActivity> change)
    {
        lock (_lock)
        {
            var activity = Find(ns, id, runId);
            change(activity);
            return Store(activity);
        }
    }

    /// <summary>Changes the activity whose attempt a worker answers.</summary>
    /// <param name="token">Names the activity and the attempt.</param>
    /// <param name="answer">The change.</param>
    /// <param name="mayWait">Whether the attempt need not have been taken yet.</param>
    /// <exception cref="RpcException">NOT_FOUND if the attempt is over.</exception>
    public Task AnswerAsync(TaskToken token, Action<StandaloneActivity, DateTimeOffset> answer, bool mayWait = false)
    {
        var ns = _engine.Namespaces.GetById(token.NamespaceId);
        return ChangeAsync(ns, token.ActivityId, token.RunId, activity =>
        {
            if (!(activity.IsStarted || (mayWait && activity.IsRunning)) || (token.Attempt != 0 && token.Attempt != activity.Info.Attempt))
            {
                throw RpcErrors.NotFound("activity task not found");
            }

            answer(activity, _engine.Now);
        });
    }

    /// <summary>Ends an activity and removes it a moment later.</summary>
    public async Task DeleteAsync(NamespaceRecord ns, string id, string runId)
    {
        await ChangeAsync(ns, id, runId, activity =>
        {
            if (activity.IsRunning)
            {
                StandaloneActivityMachine.Terminate(activity, "Delete activity execution", "", "", _engine.Now);
            }
        });
        var key = Read(ns, id, runId, activity => activity.RowKey);
        _ = RemoveSoonAsync(ns, id, key);
    }

    /// <summary>Removes activities that ended before a time.</summary>
    /// <returns>How many.</returns>
    public async Task<int> RemoveClosedBeforeAsync(NamespaceRecord ns, DateTimeOffset time)
    {
        List<StandaloneActivity> over;
        lock (_lock)
        {
            over = [.. _runs.Where(pair => pair.Key.Namespace == ns).SelectMany(pair => pair.Value).Where(activity => activity.Info.CloseTime?.ToDateTimeOffset() < time)];
        }

        await Task.WhenAll(over.Select(activity => RemoveAsync(ns, activity.Id, activity.RowKey)));
        return over.Count;
    }

    private static bool Refuses(ActivityIdReusePolicy policy, StandaloneActivity closed) => policy switch
    {
        ActivityIdReusePolicy.RejectDuplicate => true,
        ActivityIdReusePolicy.AllowDuplicateFailedOnly => closed.Info.Status == ActivityExecutionStatus.Completed,
        _ => false,
    };

    private static string Key(StandaloneActivity activity) => $"{activity.Namespace.Id}/{activity.RunId}";

    private StandaloneActivity? Current(NamespaceRecord ns, string id) => _runs.GetValueOrDefault((ns, id))?[^1];

    private StandaloneActivity Find(NamespaceRecord ns, string id, string runId) =>
        (runId.Length == 0 ? Current(ns, id) : _runs.GetValueOrDefault((ns, id))?.Find(activity => activity.RunId == runId))
        ?? throw RpcErrors.NotFound($"activity not found for ID: {id}");

    private void Keep(StandaloneActivity activity)
    {
        activity.Slot = new TimerSlot(activity.RowKey, activity.Namespace, "") { Fired = () => Due(activity) };
        if (!_runs.TryGetValue((activity.Namespace, activity.Id), out var runs))
        {
            _runs[(activity.Namespace, activity.Id)] = runs = [];
        }

        runs.Add(activity);
    }

    private void Due(StandaloneActivity activity)
    {
        lock (_lock)
        {
            var (time, kind) = activity.NextTimer();
            if (kind == ActivityTimer.None || time > _engine.Now)
            {
                Arm(activity);
                return;
            }

            if (kind == ActivityTimer.Retry)
            {
                Count(activity);
                Arm(activity);
                return;
            }

            StandaloneActivityMachine.TimeOut(activity, kind, _engine.Now);
            _ = Store(activity);
        }
    }

    /// <summary>Gives an attempt that may be taken to its queue, and sets the clock for what is due next.</summary>
    private void Arm(StandaloneActivity activity)
    {
        if (activity is { IsRunning: true, IsStarted: false, IsPaused: false, Dispatched: false } && activity.AttemptTime <= _engine.Now)
        {
            activity.Dispatched = true;
            var (stamp, service) = (activity.Stamp, this);
            _engine.Queues.Get(activity.Namespace, activity.Info.TaskQueue, TaskQueueType.Activity).Add(new QueueTask
            {
                Kind = QueueTaskKind.Activity,
                Namespace = activity.Namespace,
                WorkflowId = "",
                RunId = activity.RunId,
                Priority = activity.Info.Priority is { PriorityKey: > 0 } priority ? priority.PriorityKey : 3,
                EnqueuedAt = activity.AttemptTime,
                Take = poller => service.Take(activity, stamp, poller),
            });
        }

        var (due, _) = activity.NextTimer();
        _engine.Timers.Set(activity.Slot, due == DateTimeOffset.MaxValue ? long.MaxValue : due.UtcTicks);
    }

    private (PollActivityTaskQueueResponse? Response, Task Durable) Take(StandaloneActivity activity, int stamp, PollerIdentity poller)
    {
        lock (_lock)
        {
            if (!activity.IsRunning || activity.IsStarted || activity.IsPaused || activity.Stamp != stamp)
            {
                return (null, Task.CompletedTask);
            }

            var attemptTime = activity.AttemptTime;
            StandaloneActivityMachine.Start(activity, poller, _engine.Now);
            var info = activity.Info;
            var response = new PollActivityTaskQueueResponse
            {
                TaskToken = new TaskToken(activity.Namespace.Id, "", activity.RunId, 0, 0, info.Attempt, 0, "", activity.Id).ToByteString(),
                WorkflowNamespace = activity.Namespace.Name,
                WorkflowExecution = new WorkflowExecution(),
                ActivityType = info.ActivityType,
                ActivityId = activity.Id,
                ActivityRunId = activity.RunId,
                Header = activity.Request.Header,
                Input = activity.Request.Input,
                HeartbeatDetails = info.HeartbeatDetails,
                ScheduledTime = info.ScheduleTime,
                CurrentAttemptScheduledTime = Timestamp.FromDateTimeOffset(attemptTime),
                StartedTime = info.LastStartedTime,
                Attempt = info.Attempt,
                ScheduleToCloseTimeout = info.ScheduleToCloseTimeout,
                StartToCloseTimeout = info.StartToCloseTimeout,
                HeartbeatTimeout = info.HeartbeatTimeout,
                RetryPolicy = info.RetryPolicy,
                Priority = info.Priority,
            };
            return (response, Store(activity));
        }
    }

    private Task Store(StandaloneActivity activity)
    {
        activity.Info.StateTransitionCount++;
        Count(activity);
        var info = activity.Info;
        var attributes = info.SearchAttributes.Clone();
        attributes.IndexedFields["TemporalNamespaceDivision"] = SearchAttributePayloads.Encode(Division, IndexedValueType.Keyword);
        var started = info.ScheduleTime.ToDateTimeOffset();
        var write = new StoreWrite();
        write.Documents.Add(new StoreDocument(DocumentKind, Key(activity), activity.Write()));
        write.Visibility.Add(new VisibilityRecord
        {
            Key = activity.RowKey,
            Map = activity.Namespace.SearchAttributes,
            Namespace = activity.Namespace.Name,
            WorkflowId = activity.Id,
            RunId = activity.RunId,
            WorkflowType = info.ActivityType.Name,
            TaskQueue = info.TaskQueue,
            Status = StatusOf(info.Status),
            StartTime = started,
            ExecutionTime = started,
            CloseTime = info.CloseTime?.ToDateTimeOffset(),
            HistorySizeBytes = info.CalculateSize(),
            StateTransitionCount = info.StateTransitionCount,
            RootWorkflowId = activity.Id,
            RootRunId = activity.RunId,
            SearchAttributes = attributes,
        });
        var changed = activity.Changed;
        activity.Changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        write.Committed.Add(() =>
        {
            lock (_lock)
            {
                Arm(activity);
            }

            changed.TrySetResult();
        });
        return _engine.Store.CommitAsync(write);
    }

    private void Count(StandaloneActivity activity)
    {
        var units = activity.BusyUnits(_engine.Now);
        _engine.Idle.Add(units - activity.CountedUnits);
        activity.CountedUnits = units;
    }

    private async Task RemoveSoonAsync(NamespaceRecord ns, string id, long key)
    {
        // Waiting calls may still show the end.
        await Task.Delay(DeletionDelay, _engine.Stopping).ContinueWith(static _ => { }, TaskScheduler.Default);
        if (!_engine.Stopping.IsCancellationRequested)
        {
            await RemoveAsync(ns, id, key);
        }
    }

    private Task RemoveAsync(NamespaceRecord ns, string id, long key)
    {
        lock (_lock)
        {
            if (_runs.GetValueOrDefault((ns, id)) is not { } runs || runs.Find(run => run.RowKey == key) is not { } activity)
            {
                return Task.CompletedTask;
            }

            runs.Remove(activity);
            if (runs.Count == 0)
            {
                _runs.Remove((ns, id));
            }

            _engine.Timers.Set(activity.Slot, long.MaxValue);
            _engine.Idle.Add(-activity.CountedUnits);
            activity.CountedUnits = 0;
            var write = new StoreWrite();
            write.Documents.Add(new StoreDocument(DocumentKind, Key(activity), null));
            write.Deleted.Add(key);
            return _engine.Store.CommitAsync(write);
        }
    }

    private async Task ClearAsync(NamespaceRecord ns)
    {
        List<StandaloneActivity> activities;
        lock (_lock)
        {
            activities = [.. _runs.Where(pair => pair.Key.Namespace == ns).SelectMany(pair => pair.Value)];
        }

        foreach (var activity in activities)
        {
            await RemoveAsync(ns, activity.Id, activity.RowKey);
        }
    }

    private static WorkflowExecutionStatus StatusOf(ActivityExecutionStatus status) => status switch
    {
        ActivityExecutionStatus.Completed => WorkflowExecutionStatus.Completed,
        ActivityExecutionStatus.Failed => WorkflowExecutionStatus.Failed,
        ActivityExecutionStatus.Canceled => WorkflowExecutionStatus.Canceled,
        ActivityExecutionStatus.Terminated => WorkflowExecutionStatus.Terminated,
        ActivityExecutionStatus.TimedOut => WorkflowExecutionStatus.TimedOut,
        ActivityExecutionStatus.Paused => WorkflowExecutionStatus.Paused,
        _ => WorkflowExecutionStatus.Running,
    };
}

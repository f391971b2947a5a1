using Ecosystem.Temporal.Schedules.Specs;
using Temporalio.Api.Schedule.V1;

namespace Ecosystem.Temporal.Schedules;

/// <summary>Something that a schedule wants done.</summary>
internal abstract record ScheduleEffect;

/// <summary>Start the action.</summary>
/// <param name="Start">The start.</param>
/// <param name="Tracked">Whether later starts wait for it; not so where all may overlap.</param>
internal sealed record StartAction(BufferedStart Start, bool Tracked) : ScheduleEffect;

/// <summary>Cancel or terminate an action that runs, as a later one takes its place.</summary>
internal sealed record StopAction(WorkflowExecution Execution, bool Terminate) : ScheduleEffect;

/// <summary>
/// What a schedule does, as a pure function of its state and the time: which starts are due, which wait, which are dropped. The caller
/// carries the effects out and tells how they went.
/// </summary>
internal sealed class ScheduleMachine
{
    private const int RecentActions = 10;
    private const int FutureTimes = 10;
    private const int MaximumBuffer = 1000;
    private const int BackfillsAtOnce = 10;
    private const int RememberedRequests = 100;
    private static readonly TimeSpan ShortestCatchup = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DefaultCatchup = TimeSpan.FromDays(365);

    private readonly ScheduleState _state;
    private CompiledScheduleSpec _spec;

    public ScheduleMachine(ScheduleState state)
    {
        _state = state;
        _spec = CompiledScheduleSpec.Compile(state.Schedule.Spec);
    }

    /// <summary>The state.</summary>
    public ScheduleState State => _state;

    private string Seed => _state.Namespace + "/" + _state.ScheduleId;

    private SchedulePolicies Policies => _state.Schedule.Policies;

    private TimeSpan CatchupWindow
    {
        get
        {
            var window = Policies.CatchupWindow?.ToTimeSpan() ?? DefaultCatchup;
            return window < ShortestCatchup ? ShortestCatchup : window;
        }
    }

    /// <summary>A schedule as it is kept: its specification checked and canonical, defaults filled in.</summary>
    /// <exception cref="ScheduleSpecException">The specification cannot be followed.</exception>
    public static Schedule Canonical(Schedule schedule)
    {
        var result = schedule.Clone();
        result.Spec = CompiledScheduleSpec.Compile(result.Spec ?? new ScheduleSpec()).Canonical;
        result.Action ??= new ScheduleAction();
        result.Policies ??= new SchedulePolicies();
        result.State ??= new Temporalio.Api.Schedule.V1.ScheduleState();
        result.Policies.CatchupWindow ??= Duration.FromTimeSpan(DefaultCatchup);
        if (result.Policies.OverlapPolicy == ScheduleOverlapPolicy.Unspecified)
        {
            result.Policies.OverlapPolicy = ScheduleOverlapPolicy.Skip;
        }

        if (result.Action.StartWorkflow?.TaskQueue is { } queue)
        {
            queue.Kind = TaskQueueKind.Normal;
        }

        return result;
    }

    /// <summary>Notes a request id; false if it was seen before, so that the request is to be answered and not carried out.</summary>
    public bool Remember(string requestId)
    {
        if (requestId.Length == 0)
        {
            return true;
        }

        if (_state.RequestIds.Contains(requestId))
        {
            return false;
        }

        _state.RequestIds.Add(requestId);
        if (_state.RequestIds.Count > RememberedRequests)
        {
            _state.RequestIds.RemoveAt(0);
        }

        return true;
    }

    /// <summary>Replaces the schedule.</summary>
    public void Update(Schedule canonical, DateTimeOffset now)
    {
        _state.Schedule = canonical;
        _spec = CompiledScheduleSpec.Compile(canonical.Spec);
        _state.Info.UpdateTime = Timestamp.FromDateTimeOffset(now);
        _state.ProcessedUntil = now;
        _state.ConflictToken++;
    }

    /// <summary>Carries out a patch: a trigger, backfills, a pause or its end.</summary>
    public void Patch(SchedulePatch patch, DateTimeOffset now)
    {
        if (patch.TriggerImmediately is { } trigger)
        {
            _state.Buffer.Add(new BufferedStart(now, now, trigger.OverlapPolicy, Manual: true));
        }

        foreach (var backfill in patch.BackfillRequest)
        {
            _state.Backfills.Add(new PendingBackfill(
                backfill.StartTime.ToDateTimeOffset().AddMilliseconds(-1), backfill.EndTime.ToDateTimeOffset(), backfill.OverlapPolicy));
        }

        if (patch.Pause.Length > 0)
        {
            SetPaused(true, patch.Pause);
        }

        if (patch.Unpause.Length > 0)
        {
            SetPaused(false, patch.Unpause);
        }
    }

    /// <summary>Takes note of all times that have come, and says what is to be done about them, the starts that wait, and those that a crash cut off.</summary>
    public IReadOnlyList<ScheduleEffect> Advance(DateTimeOffset now)
    {
        BufferDueTimes(now);
        BufferBackfills();
        List<ScheduleEffect> effects = [.. _state.Starting, .. ProcessBuffer()];
        _state.Starting.Clear();
        _state.Starting.AddRange(effects.OfType<StartAction>());
        return effects;
    }

    /// <summary>When <see cref="Advance"/> is to be called next, if nothing else happens.</summary>
    public DateTimeOffset? NextWakeUp() =>
        _state.Backfills.Count > 0
            ? _state.ProcessedUntil
            : _state.Schedule.State is { LimitedActions: true, RemainingActions: <= 0 } ? null : _spec.Next(Seed, _state.ProcessedUntil)?.Actual;

    /// <summary>Records a start that was carried out.</summary>
    public void Started(StartAction action, WorkflowExecution execution, DateTimeOffset now)
    {
        _state.Starting.Remove(action);
        _state.Info.ActionCount++;
        _state.Info.RecentActions.Add(new ScheduleActionResult
        {
            ScheduleTime = Timestamp.FromDateTimeOffset(action.Start.Actual),
            ActualTime = Timestamp.FromDateTimeOffset(now),
            StartWorkflowResult = execution,
            StartWorkflowStatus = WorkflowExecutionStatus.Running,
        });
        while (_state.Info.RecentActions.Count > RecentActions)
        {
            _state.Info.RecentActions.RemoveAt(0);
        }

        if (action.Tracked)
        {
            _state.Info.RunningWorkflows.Add(execution);
        }
    }

    /// <summary>Records a start that was refused.</summary>
    public void GivenUp(StartAction action) => _state.Starting.Remove(action);

    /// <summary>Records that an action ended. Only one that others wait for, or whose failure matters, is looked after.</summary>
    /// <param name="execution">The run as it was started.</param>
    /// <param name="status">How it ended.</param>
    /// <param name="result">Its result, if it completed.</param>
    /// <param name="failure">Its failure, if it failed.</param>
    public void Ended(WorkflowExecution execution, WorkflowExecutionStatus status, Payloads? result, Failure? failure)
    {
        _state.Info.RunningWorkflows.Remove(execution);
        foreach (var action in _state.Info.RecentActions.Where(action => execution.Equals(action.StartWorkflowResult)))
        {
            action.StartWorkflowStatus = status;
        }

        if (status == WorkflowExecutionStatus.Completed)
        {
            (_state.LastResult, _state.LastFailure) = (result, null);
        }
        else
        {
            _state.LastFailure = failure;
        }

        if (Policies.PauseOnFailure && !_state.Schedule.State.Paused && status is WorkflowExecutionStatus.Failed or WorkflowExecutionStatus.TimedOut)
        {
            SetPaused(true, status == WorkflowExecutionStatus.Failed
                ? $"paused due to workflow failure: {execution.WorkflowId}: {failure?.Message}"
                : $"paused due to workflow timeout: {execution.WorkflowId}");
        }
    }

    /// <summary>Whether the end of a running action changes what the schedule does next, so that it has to be told at once.</summary>
    public bool Watches => Policies.PauseOnFailure || _state.Buffer.Count > 0;

    /// <summary>The id that a start gives its workflow: the action's with the nominal time behind it.</summary>
    public string WorkflowIdOf(BufferedStart start)
    {
        var id = _state.Schedule.Action.StartWorkflow.WorkflowId;
        return Policies.KeepOriginalWorkflowId
            ? id
            : id + "-" + start.Nominal.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
    }

    /// <summary>The schedule's next times, as descriptions and lists show them.</summary>
    public IEnumerable<DateTimeOffset> FutureActionTimes(DateTimeOffset now)
    {
        var limit = _state.Schedule.State is { LimitedActions: true } limited ? Math.Min(FutureTimes, (int)Math.Max(0, limited.RemainingActions)) : FutureTimes;
        return _spec.Between(Seed, now, DateTimeOffset.MaxValue, limit).Select(time => time.Actual);
    }

    /// <summary>The schedule's times in a window, which excludes its start and includes its end.</summary>
    public IReadOnlyList<DateTimeOffset> MatchingTimes(DateTimeOffset after, DateTimeOffset until) =>
        [.. _spec.Between(Seed, after, until, MaximumBuffer).Select(time => time.Actual)];

    private void SetPaused(bool paused, string notes)
    {
        _state.Schedule.State.Paused = paused;
        _state.Schedule.State.Notes = notes;
        _state.ConflictToken++;
    }

    private void BufferDueTimes(DateTimeOffset now)
    {
        while (_spec.Next(Seed, _state.ProcessedUntil) is { } time && time.Actual <= now)
        {
            _state.ProcessedUntil = time.Nominal;
            if (_state.Schedule.State.Paused || _state.Schedule.State is { LimitedActions: true, RemainingActions: <= 0 })
            {
                continue;
            }

            if (now - time.Actual > CatchupWindow)
            {
                _state.Info.MissedCatchupWindow++;
                continue;
            }

            Enqueue(new BufferedStart(time.Nominal, time.Actual, ScheduleOverlapPolicy.Unspecified, Manual: false));
        }

        if (now > _state.ProcessedUntil && _spec.Next(Seed, _state.ProcessedUntil) is null)
        {
            _state.ProcessedUntil = now;
        }
    }

    private void BufferBackfills()
    {
        while (_state.Backfills.Count > 0)
        {
            var backfill = _state.Backfills[0];
            _state.Backfills.RemoveAt(0);
            var room = Math.Min(BackfillsAtOnce, MaximumBuffer - _state.Buffer.Count);
            if (room <= 0)
            {
                _state.Backfills.Insert(0, backfill);
                return;
            }

            var times = _spec.Between(Seed, backfill.After, backfill.Until, room);
            _state.Buffer.AddRange(times.Select(time => new BufferedStart(time.Nominal, time.Nominal, backfill.Policy, Manual: true)));
            if (times.Count == room)
            {
                _state.Backfills.Insert(0, backfill with { After = times[^1].Nominal });
                return;
            }
        }
    }

    private void Enqueue(BufferedStart start)
    {
        if (_state.Buffer.Count >= MaximumBuffer)
        {
            _state.Info.BufferDropped++;
            return;
        }

        _state.Buffer.Add(start);
    }

    private List<ScheduleEffect> ProcessBuffer()
    {
        var effects = new List<ScheduleEffect>();
        var running = _state.Info.RunningWorkflows.Count > 0 || _state.Starting.Exists(action => action.Tracked);
        var waiting = new List<BufferedStart>();
        foreach (var start in _state.Buffer)
        {
            if (!start.Manual && !MayAct())
            {
                continue;
            }

            var policy = start.Policy == ScheduleOverlapPolicy.Unspecified ? Policies.OverlapPolicy : start.Policy;
            if (policy == ScheduleOverlapPolicy.AllowAll || !running)
            {
                if (!start.Manual)
                {
                    SpendAction();
                }

                effects.Add(new StartAction(start, policy != ScheduleOverlapPolicy.AllowAll));
                running |= policy != ScheduleOverlapPolicy.AllowAll;
                continue;
            }

            switch (policy)
            {
                case ScheduleOverlapPolicy.BufferOne when waiting.Count > 0:
                case ScheduleOverlapPolicy.Skip:
                    _state.Info.OverlapSkipped++;
                    break;
                case ScheduleOverlapPolicy.CancelOther or ScheduleOverlapPolicy.TerminateOther:
                    // The latest one takes the place of those that wait and of the one that runs.
                    _state.Info.OverlapSkipped += waiting.Count;
                    waiting.Clear();
                    waiting.Add(start);
                    effects.RemoveAll(effect => effect is StopAction);
                    effects.AddRange(_state.Info.RunningWorkflows.Select(execution =>
                        new StopAction(execution, policy == ScheduleOverlapPolicy.TerminateOther)));
                    break;
                default:
                    waiting.Add(start);
                    break;
            }
        }

        _state.Buffer.Clear();
        _state.Buffer.AddRange(waiting);
        _state.Info.BufferSize = waiting.Count;
        return effects;
    }

    private bool MayAct() => !_state.Schedule.State.Paused && _state.Schedule.State is not { LimitedActions: true, RemainingActions: <= 0 };

    private void SpendAction()
    {
        if (_state.Schedule.State.LimitedActions)
        {
            _state.Schedule.State.RemainingActions--;
            _state.ConflictToken++;
        }
    }
}

namespace Ecosystem.Temporal.Executions;

/// <summary>An activity that has not ended.</summary>
internal sealed class PendingActivity
{
    public required long ScheduledEventId { get; init; }

    /// <summary>What was scheduled, as the event has it.</summary>
    public required ActivityTaskScheduledEventAttributes Scheduled { get; init; }

    public required DateTimeOffset FirstScheduledTime { get; set; }

    /// <summary>When the current attempt was, or will be, ready to be taken.</summary>
    public required DateTimeOffset ScheduledTime { get; set; }

    public int Attempt { get; set; } = 1;

    /// <summary>Counts changes that make tasks handed to queues earlier void.</summary>
    public int Stamp { get; set; }

    public DateTimeOffset? StartedTime { get; set; }

    public string RequestId { get; set; } = "";

    public string Identity { get; set; } = "";

    public Failure? LastFailure { get; set; }

    public DateTimeOffset? LastAttemptCompleteTime { get; set; }

    public Payloads? HeartbeatDetails { get; set; }

    public DateTimeOffset? HeartbeatTime { get; set; }

    public TimeSpan? RetryInterval { get; set; }

    public long CancelRequestedEventId { get; set; }

    public bool CancelRequested => CancelRequestedEventId != 0;

    public bool Paused { get; set; }

    public DateTimeOffset PauseTime { get; set; }

    public string PauseIdentity { get; set; } = "";

    public string PauseReason { get; set; } = "";

    public string PauseRequestId { get; set; } = "";

    /// <summary>A reset was asked for while an attempt runs; it counts when that ends.</summary>
    public bool ResetRequested { get; set; }

    /// <summary>A reset asked to drop the heartbeat details when it takes effect.</summary>
    public bool ResetHeartbeats { get; set; }

    /// <summary>Options as changed by an operator; null while they are as scheduled.</summary>
    public Temporalio.Api.Activity.V1.ActivityOptions? ChangedOptions { get; set; }

    /// <summary>True while a worker has the current attempt.</summary>
    public bool IsStarted => StartedTime is not null;

    public TaskQueue TaskQueue => ChangedOptions?.TaskQueue ?? Scheduled.TaskQueue;

    public RetryPolicy? RetryPolicy => ChangedOptions is { } changed ? changed.RetryPolicy : Scheduled.RetryPolicy;

    public TimeSpan ScheduleToClose => Span(ChangedOptions is { } changed ? changed.ScheduleToCloseTimeout : Scheduled.ScheduleToCloseTimeout);

    public TimeSpan ScheduleToStart => Span(ChangedOptions is { } changed ? changed.ScheduleToStartTimeout : Scheduled.ScheduleToStartTimeout);

    public TimeSpan StartToClose => Span(ChangedOptions is { } changed ? changed.StartToCloseTimeout : Scheduled.StartToCloseTimeout);

    public TimeSpan Heartbeat => Span(ChangedOptions is { } changed ? changed.HeartbeatTimeout : Scheduled.HeartbeatTimeout);

    public Priority? Priority => ChangedOptions?.Priority ?? Scheduled.Priority;

    /// <summary>The last time by which the activity has to have ended, or null.</summary>
    public DateTimeOffset? Expiration => ScheduleToClose > TimeSpan.Zero ? FirstScheduledTime + ScheduleToClose : null;

    /// <summary>Whether anything is known of it that its events don't say.</summary>
    public bool IsChanged => Attempt != 1 || IsStarted || Stamp != 0 || LastFailure is not null || HeartbeatTime is not null || Paused
        || ResetRequested || ChangedOptions is not null || Identity.Length > 0;

    public void ClearHeartbeat()
    {
        HeartbeatDetails = null;
        HeartbeatTime = null;
    }

    /// <summary>The earliest time-out or retry and what it is; <see cref="DateTimeOffset.MaxValue"/> if nothing is to come.</summary>
    public (DateTimeOffset Time, ActivityTimer Kind) NextTimer()
    {
        var time = DateTimeOffset.MaxValue;
        var kind = ActivityTimer.None;
        void Consider(DateTimeOffset candidate, ActivityTimer candidateKind)
        {
            if (candidate < time)
            {
                (time, kind) = (candidate, candidateKind);
            }
        }

        if (StartedTime is { } started)
        {
            if (StartToClose > TimeSpan.Zero)
            {
                Consider(started + StartToClose, ActivityTimer.StartToClose);
            }

            if (Heartbeat > TimeSpan.Zero)
            {
                Consider((HeartbeatTime is { } beat && beat > started ? beat : started) + Heartbeat, ActivityTimer.Heartbeat);
            }
        }
        else if (!Paused)
        {
            if (!Dispatched)
            {
                Consider(ScheduledTime, ActivityTimer.Retry);
            }

            if (ScheduleToStart > TimeSpan.Zero)
            {
                Consider(ScheduledTime + ScheduleToStart, ActivityTimer.ScheduleToStart);
            }
        }

        if (Expiration is { } expiration)
        {
            Consider(expiration, ActivityTimer.ScheduleToClose);
        }

        return (time, kind);
    }

    /// <summary>True once the current attempt was given to its queue.</summary>
    public bool Dispatched { get; set; }

    private static TimeSpan Span(Duration? duration) => duration?.ToTimeSpan() ?? TimeSpan.Zero;
}

/// <summary>What can be due for an activity.</summary>
internal enum ActivityTimer
{
    None,
    Retry,
    ScheduleToStart,
    ScheduleToClose,
    StartToClose,
    Heartbeat,
}

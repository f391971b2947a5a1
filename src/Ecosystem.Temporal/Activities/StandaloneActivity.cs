using Temporalio.Api.Activity.V1;

namespace Ecosystem.Temporal.Activities;

/// <summary>An activity without a workflow: what was asked for, how far it is, how it ended. Guarded by its service.</summary>
internal sealed class StandaloneActivity
{
    private const byte Version = 1;

    public required NamespaceRecord Namespace { get; init; }

    /// <summary>Key of its row in lists.</summary>
    public required long RowKey { get; init; }

    /// <summary>The request that started it, complete with defaults.</summary>
    public required StartActivityExecutionRequest Request { get; init; }

    /// <summary>What a description shows, kept up to date; options in it are those in force.</summary>
    public required ActivityExecutionInfo Info { get; init; }

    public ActivityExecutionOutcome? Outcome { get; set; }

    /// <summary>Counts changes that make tasks handed to queues earlier void.</summary>
    public int Stamp { get; set; }

    /// <summary>When the current attempt may be taken.</summary>
    public DateTimeOffset AttemptTime { get; set; }

    /// <summary>True once the current attempt was given to its queue.</summary>
    public bool Dispatched { get; set; }

    public string CancelRequestId { get; set; } = "";

    public string CancelIdentity { get; set; } = "";

    public string TerminateRequestId { get; set; } = "";

    public string PauseRequestId { get; set; } = "";

    /// <summary>A reset was asked for while an attempt runs.</summary>
    public bool ResetRequested { get; set; }

    public bool ResetKeepsPaused { get; set; }

    public bool ResetHeartbeats { get; set; }

    /// <summary>Busy units as counted by the idle tracker.</summary>
    public int CountedUnits { get; set; }

    public TimerSlot Slot { get; set; } = null!;

    /// <summary>Completes at the next change.</summary>
    public TaskCompletionSource Changed { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Id => Info.ActivityId;

    public string RunId => Info.RunId;

    public bool IsRunning => Info.Status is ActivityExecutionStatus.Running or ActivityExecutionStatus.Paused;

    /// <summary>True while a worker has the current attempt.</summary>
    public bool IsStarted => IsRunning && Info.RunState is PendingActivityState.Started or PendingActivityState.CancelRequested or PendingActivityState.PauseRequested;

    public bool IsPaused => Info.RunState is PendingActivityState.Paused or PendingActivityState.PauseRequested;

    public bool CancelRequested => Info.RunState == PendingActivityState.CancelRequested;

    /// <summary>By when it has to have ended, or null.</summary>
    public DateTimeOffset? Expiration => Span(Info.ScheduleToCloseTimeout) is { Ticks: > 0 } timeout ? FirstAttemptTime + timeout : null;

    /// <summary>When the first attempt was, or is, to be taken: the start plus its delay.</summary>
    public DateTimeOffset FirstAttemptTime => Info.ScheduleTime.ToDateTimeOffset() + Span(Info.StartDelay);

    /// <summary>The earliest thing that is due, and what it is.</summary>
    public (DateTimeOffset Time, ActivityTimer Kind) NextTimer()
    {
        var due = (Time: DateTimeOffset.MaxValue, Kind: ActivityTimer.None);
        void Consider(DateTimeOffset time, ActivityTimer kind) => due = time < due.Time ? (time, kind) : due;
        if (!IsRunning)
        {
            return due;
        }

        if (IsStarted)
        {
            var started = Info.LastStartedTime.ToDateTimeOffset();
            if (Span(Info.StartToCloseTimeout) is { Ticks: > 0 } startToClose)
            {
                Consider(started + startToClose, ActivityTimer.StartToClose);
            }

            if (Span(Info.HeartbeatTimeout) is { Ticks: > 0 } heartbeat)
            {
                var beat = Info.LastHeartbeatTime?.ToDateTimeOffset() ?? started;
                Consider((beat > started ? beat : started) + heartbeat, ActivityTimer.Heartbeat);
            }
        }
        else if (!IsPaused)
        {
            if (!Dispatched)
            {
                Consider(AttemptTime, ActivityTimer.Retry);
            }

            if (Span(Info.ScheduleToStartTimeout) is { Ticks: > 0 } toStart)
            {
                Consider(AttemptTime + toStart, ActivityTimer.ScheduleToStart);
            }
        }

        if (Expiration is { } expiration)
        {
            Consider(expiration, ActivityTimer.ScheduleToClose);
        }

        return due;
    }

    /// <summary>Number of tasks that wait to be taken or are in flight.</summary>
    public int BusyUnits(DateTimeOffset now) => IsStarted || (IsRunning && !IsPaused && AttemptTime <= now) ? 1 : 0;

    public byte[] Write()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Version);
        writer.Write(RowKey);
        writer.Write(Stamp);
        writer.Write(AttemptTime.UtcTicks);
        writer.Write(CancelRequestId);
        writer.Write(CancelIdentity);
        writer.Write(TerminateRequestId);
        writer.Write(PauseRequestId);
        writer.Write(ResetRequested);
        writer.Write(ResetKeepsPaused);
        writer.Write(ResetHeartbeats);
        writer.Write(Outcome is not null);
        writer.Flush();
        Request.WriteDelimitedTo(stream);
        Info.WriteDelimitedTo(stream);
        Outcome?.WriteDelimitedTo(stream);
        return stream.ToArray();
    }

    public static StandaloneActivity Read(NamespaceRecord ns, byte[] data)
    {
        using var stream = new MemoryStream(data);
        using var reader = new BinaryReader(stream);
        if (reader.ReadByte() != Version)
        {
            throw new StoreException("A stored activity was written by a newer version of this service.");
        }

        var (rowKey, stamp, ticks) = (reader.ReadInt64(), reader.ReadInt32(), reader.ReadInt64());
        var (cancelRequest, cancelIdentity, terminateRequest, pauseRequest) = (reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadString());
        var (reset, keepsPaused, heartbeats, ended) = (reader.ReadBoolean(), reader.ReadBoolean(), reader.ReadBoolean(), reader.ReadBoolean());
        return new StandaloneActivity
        {
            Namespace = ns,
            RowKey = rowKey,
            Stamp = stamp,
            AttemptTime = new DateTimeOffset(ticks, TimeSpan.Zero),
            CancelRequestId = cancelRequest,
            CancelIdentity = cancelIdentity,
            TerminateRequestId = terminateRequest,
            PauseRequestId = pauseRequest,
            ResetRequested = reset,
            ResetKeepsPaused = keepsPaused,
            ResetHeartbeats = heartbeats,
            Request = StartActivityExecutionRequest.Parser.ParseDelimitedFrom(stream),
            Info = ActivityExecutionInfo.Parser.ParseDelimitedFrom(stream),
            Outcome = ended ? ActivityExecutionOutcome.Parser.ParseDelimitedFrom(stream) : null,
        };
    }

    public static TimeSpan Span(Duration? duration) => duration?.ToTimeSpan() ?? TimeSpan.Zero;
}

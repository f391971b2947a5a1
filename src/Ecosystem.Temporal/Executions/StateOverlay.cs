namespace Ecosystem.Temporal.Executions;

/// <summary>Writes and reads the part of an <see cref="ExecutionState"/> that its events don't carry.</summary>
internal static class StateOverlay
{
    private const byte Version = 2;

    [Flags]
    private enum Parts
    {
        None = 0,
        Sticky = 1,
        Task = 2,
        Activities = 4,
        Buffered = 8,
        Cancel = 16,
        Reset = 32,
        CloseAttempted = 64,
        Revision = 128,
    }

    public static byte[] Write(ExecutionState state)
    {
        using var stream = new MemoryStream(128);
        using var writer = new BinaryWriter(stream);
        var parts = Parts.None;
        var task = state.Task is { HasNoEvents: true, Speculative: false } transient ? transient : null;
        if (state.IsRunning)
        {
            parts |= state.StickyQueue is null ? 0 : Parts.Sticky;
            parts |= task is null ? 0 : Parts.Task;
            parts |= state.Activities.Values.Any(activity => activity.IsChanged) ? Parts.Activities : 0;
            parts |= state.Buffered.Count == 0 ? 0 : Parts.Buffered;
            parts |= state.CloseAttempted ? Parts.CloseAttempted : 0;
        }
        else
        {
            parts |= state.Activities.Values.Any(activity => activity.IsChanged) ? Parts.Activities : 0;
        }

        parts |= state.CancelRequestId.Length == 0 ? 0 : Parts.Cancel;
        parts |= state.LastResetTime is null && state.ResetRunId.Length == 0 ? 0 : Parts.Reset;

        parts |= state.DeploymentRevision == 0 ? 0 : Parts.Revision;
        writer.Write(Version);
        writer.Write((byte)parts);
        writer.Write7BitEncodedInt64(state.Transitions);
        writer.Write7BitEncodedInt(state.NextAttempt);
        if (parts.HasFlag(Parts.Sticky))
        {
            writer.Write(state.StickyQueue!.Name);
            writer.Write(state.StickyQueue.NormalName);
            writer.Write(state.StickyTimeout.Ticks);
        }

        if (parts.HasFlag(Parts.Task))
        {
            WriteTask(writer, task!);
        }

        if (parts.HasFlag(Parts.Activities))
        {
            WriteActivities(writer, state);
        }

        if (parts.HasFlag(Parts.Buffered))
        {
            writer.Write7BitEncodedInt(state.Buffered.Count);
            foreach (var buffered in state.Buffered)
            {
                WriteMessage(writer, buffered);
            }
        }

        if (parts.HasFlag(Parts.Cancel))
        {
            writer.Write(state.CancelRequestId);
        }

        if (parts.HasFlag(Parts.Reset))
        {
            writer.Write(state.LastResetTime?.UtcTicks ?? 0);
            writer.Write(state.ResetRunId);
        }

        if (parts.HasFlag(Parts.Revision))
        {
            writer.Write7BitEncodedInt64(state.DeploymentRevision);
        }

        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Brings a state that was folded from its history to where it was when the overlay was written.</summary>
    public static void Read(ExecutionState state, byte[] overlay)
    {
        if (overlay.Length == 0)
        {
            return;
        }

        using var reader = new BinaryReader(new MemoryStream(overlay));
        if (reader.ReadByte() != Version)
        {
            throw new StoreException($"The stored state of run {state.RunId} was written by a newer version of this service.");
        }

        var parts = (Parts)reader.ReadByte();
        state.Transitions = reader.Read7BitEncodedInt64();
        state.NextAttempt = reader.Read7BitEncodedInt();
        if (parts.HasFlag(Parts.Sticky))
        {
            state.StickyQueue = new TaskQueue { Name = reader.ReadString(), Kind = TaskQueueKind.Sticky, NormalName = reader.ReadString() };
            state.StickyTimeout = new TimeSpan(reader.ReadInt64());
        }

        if (parts.HasFlag(Parts.Task))
        {
            state.Task = ReadTask(reader);
        }

        if (parts.HasFlag(Parts.Activities))
        {
            ReadActivities(reader, state);
        }

        if (parts.HasFlag(Parts.Buffered))
        {
            for (var count = reader.Read7BitEncodedInt(); count > 0; count--)
            {
                var buffered = ReadMessage(reader, HistoryEvent.Parser)!;
                state.Buffered.Add(buffered);
                state.Apply(buffered);
            }
        }

        if (parts.HasFlag(Parts.Cancel))
        {
            state.CancelRequestId = reader.ReadString();
        }

        if (parts.HasFlag(Parts.Reset))
        {
            var ticks = reader.ReadInt64();
            state.LastResetTime = ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
            state.ResetRunId = reader.ReadString();
        }

        if (parts.HasFlag(Parts.Revision))
        {
            state.DeploymentRevision = reader.Read7BitEncodedInt64();
        }

        state.CloseAttempted = parts.HasFlag(Parts.CloseAttempted);
    }

    private static void WriteTask(BinaryWriter writer, PendingWorkflowTask task)
    {
        writer.Write7BitEncodedInt64(task.ScheduledEventId);
        writer.Write7BitEncodedInt64(task.StartedEventId);
        writer.Write7BitEncodedInt(task.Attempt);
        WriteMessage(writer, task.TaskQueue);
        writer.Write(task.StartToClose.Ticks);
        WriteTime(writer, task.ScheduledTime);
        WriteTime(writer, task.OriginalScheduledTime);
        WriteTime(writer, task.StartedTime);
        writer.Write(task.RequestId);
        writer.Write(task.Identity);
        writer.Write7BitEncodedInt64(task.HistorySize);
    }

    private static PendingWorkflowTask ReadTask(BinaryReader reader)
    {
        var scheduled = reader.Read7BitEncodedInt64();
        var started = reader.Read7BitEncodedInt64();
        var attempt = reader.Read7BitEncodedInt();
        return new PendingWorkflowTask
        {
            ScheduledEventId = scheduled,
            StartedEventId = started,
            Attempt = attempt,
            TaskQueue = ReadMessage(reader, TaskQueue.Parser)!,
            StartToClose = new TimeSpan(reader.ReadInt64()),
            ScheduledTime = ReadTime(reader)!.Value,
            OriginalScheduledTime = ReadTime(reader)!.Value,
            StartedTime = ReadTime(reader)!.Value,
            RequestId = reader.ReadString(),
            Identity = reader.ReadString(),
            HistorySize = reader.Read7BitEncodedInt64(),
        };
    }

    private static void WriteActivities(BinaryWriter writer, ExecutionState state)
    {
        var changed = state.Activities.Values.Where(activity => activity.IsChanged).ToList();
        writer.Write7BitEncodedInt(changed.Count);
        foreach (var activity in changed)
        {
            writer.Write7BitEncodedInt64(activity.ScheduledEventId);
            WriteTime(writer, activity.FirstScheduledTime);
            WriteTime(writer, activity.ScheduledTime);
            writer.Write7BitEncodedInt(activity.Attempt);
            writer.Write7BitEncodedInt(activity.Stamp);
            WriteTime(writer, activity.StartedTime);
            writer.Write(activity.RequestId);
            writer.Write(activity.Identity);
            WriteMessage(writer, activity.LastFailure);
            WriteTime(writer, activity.LastAttemptCompleteTime);
            WriteMessage(writer, activity.HeartbeatDetails);
            WriteTime(writer, activity.HeartbeatTime);
            writer.Write(activity.RetryInterval?.Ticks ?? -1);
            writer.Write(activity.Paused);
            if (activity.Paused)
            {
                WriteTime(writer, activity.PauseTime);
                writer.Write(activity.PauseIdentity);
                writer.Write(activity.PauseReason);
                writer.Write(activity.PauseRequestId);
            }

            writer.Write(activity.ResetRequested);
            writer.Write(activity.ResetHeartbeats);
            WriteMessage(writer, activity.ChangedOptions);
        }
    }

    private static void ReadActivities(BinaryReader reader, ExecutionState state)
    {
        for (var count = reader.Read7BitEncodedInt(); count > 0; count--)
        {
            var id = reader.Read7BitEncodedInt64();
            if (!state.Activities.TryGetValue(id, out var activity))
            {
                throw new StoreException($"The stored state of run {state.RunId} names activity {id}, which its history doesn't have.");
            }

            activity.FirstScheduledTime = ReadTime(reader)!.Value;
            activity.ScheduledTime = ReadTime(reader)!.Value;
            activity.Attempt = reader.Read7BitEncodedInt();
            activity.Stamp = reader.Read7BitEncodedInt();
            activity.StartedTime = ReadTime(reader);
            activity.RequestId = reader.ReadString();
            activity.Identity = reader.ReadString();
            activity.LastFailure = ReadMessage(reader, Failure.Parser);
            activity.LastAttemptCompleteTime = ReadTime(reader);
            activity.HeartbeatDetails = ReadMessage(reader, Payloads.Parser);
            activity.HeartbeatTime = ReadTime(reader);
            var interval = reader.ReadInt64();
            activity.RetryInterval = interval < 0 ? null : new TimeSpan(interval);
            activity.Paused = reader.ReadBoolean();
            if (activity.Paused)
            {
                activity.PauseTime = ReadTime(reader)!.Value;
                activity.PauseIdentity = reader.ReadString();
                activity.PauseReason = reader.ReadString();
                activity.PauseRequestId = reader.ReadString();
            }

            activity.ResetRequested = reader.ReadBoolean();
            activity.ResetHeartbeats = reader.ReadBoolean();
            activity.ChangedOptions = ReadMessage(reader, Temporalio.Api.Activity.V1.ActivityOptions.Parser);
        }
    }

    private static void WriteTime(BinaryWriter writer, DateTimeOffset? time) => writer.Write(time?.UtcTicks ?? -1);

    private static DateTimeOffset? ReadTime(BinaryReader reader)
    {
        var ticks = reader.ReadInt64();
        return ticks < 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    private static void WriteMessage(BinaryWriter writer, IMessage? message)
    {
        if (message is null)
        {
            writer.Write7BitEncodedInt(-1);
            return;
        }

        var bytes = message.ToByteArray();
        writer.Write7BitEncodedInt(bytes.Length);
        writer.Write(bytes);
    }

    private static T? ReadMessage<T>(BinaryReader reader, MessageParser<T> parser)
        where T : class, IMessage<T>
    {
        var length = reader.Read7BitEncodedInt();
        return length < 0 ? null : parser.ParseFrom(reader.ReadBytes(length));
    }
}

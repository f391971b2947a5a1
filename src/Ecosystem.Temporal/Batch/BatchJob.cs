using System.Text.Json;

namespace Ecosystem.Temporal.Batch;

/// <summary>A batch operation: one change to many executions. Counts are read while it runs. Thread-safe.</summary>
internal sealed class BatchJob
{
    private readonly Lock _lock = new();
    private long _total;
    private long _completed;
    private long _failed;

    public BatchJob(NamespaceRecord ns, StartBatchOperationRequest request, DateTimeOffset startTime)
    {
        Namespace = ns;
        Request = request;
        StartTime = startTime;
        RunId = Guid.NewGuid().ToString();
    }

    private BatchJob(NamespaceRecord ns, Stored stored)
    {
        Namespace = ns;
        Request = StartBatchOperationRequest.Parser.ParseFrom(stored.Request);
        RunId = stored.RunId;
        StartTime = stored.StartTime;
        CloseTime = stored.CloseTime;
        State = stored.State;
        Position = stored.Position;
        (_total, _completed, _failed) = (stored.Total, stored.Completed, stored.Failed);
    }

    public NamespaceRecord Namespace { get; }

    public StartBatchOperationRequest Request { get; }

    public string RunId { get; }

    public DateTimeOffset StartTime { get; }

    public DateTimeOffset? CloseTime { get; private set; }

    public BatchOperationState State { get; private set; } = BatchOperationState.Running;

    /// <summary>Where the job goes on after a restart: the pages before this are done.</summary>
    public BatchPosition Position { get; private set; } = new(0, null);

    /// <summary>Cancelled when somebody stops the job.</summary>
    public CancellationTokenSource Stop { get; } = new();

    public long Total => Interlocked.Read(ref _total);

    public long Completed => Interlocked.Read(ref _completed);

    public long Failed => Interlocked.Read(ref _failed);

    public BatchOperationType Type => TypeOf(Request);

    /// <summary>Whether it works on activities without a workflow.</summary>
    public bool IsOfActivities => Type is BatchOperationType.TerminateActivity or BatchOperationType.CancelActivity or BatchOperationType.DeleteActivity;

    /// <summary>Which operation a request asks for; unspecified if none.</summary>
    public static BatchOperationType TypeOf(StartBatchOperationRequest request) => request.OperationCase switch
    {
        StartBatchOperationRequest.OperationOneofCase.TerminationOperation => BatchOperationType.TerminateWorkflow,
        StartBatchOperationRequest.OperationOneofCase.SignalOperation => BatchOperationType.SignalWorkflow,
        StartBatchOperationRequest.OperationOneofCase.CancellationOperation => BatchOperationType.CancelWorkflow,
        StartBatchOperationRequest.OperationOneofCase.DeletionOperation => BatchOperationType.DeleteWorkflow,
        StartBatchOperationRequest.OperationOneofCase.ResetOperation => BatchOperationType.ResetWorkflow,
        StartBatchOperationRequest.OperationOneofCase.UpdateWorkflowOptionsOperation => BatchOperationType.UpdateWorkflowExecutionOptions,
        StartBatchOperationRequest.OperationOneofCase.UnpauseActivitiesOperation => BatchOperationType.UnpauseActivity,
        StartBatchOperationRequest.OperationOneofCase.ResetActivitiesOperation => BatchOperationType.ResetActivity,
        StartBatchOperationRequest.OperationOneofCase.UpdateActivityOptionsOperation => BatchOperationType.UpdateActivityOptions,
        StartBatchOperationRequest.OperationOneofCase.TerminateActivitiesOperation => BatchOperationType.TerminateActivity,
        StartBatchOperationRequest.OperationOneofCase.CancelActivitiesOperation => BatchOperationType.CancelActivity,
        StartBatchOperationRequest.OperationOneofCase.DeleteActivitiesOperation => BatchOperationType.DeleteActivity,
        _ => BatchOperationType.Unspecified,
    };

    /// <summary>A job as the store keeps it.</summary>
    public static BatchJob Read(NamespaceRecord ns, byte[] data) => new(ns, JsonSerializer.Deserialize<Stored>(data)!);

    /// <summary>What the store keeps of the job.</summary>
    public byte[] Write()
    {
        lock (_lock)
        {
            return JsonSerializer.SerializeToUtf8Bytes(new Stored(
                Request.ToByteArray(), RunId, StartTime, CloseTime, State, Position, Total, Completed, Failed));
        }
    }

    /// <summary>How many executions it will be about, as far as is known before.</summary>
    public void Expect(long total) => Interlocked.Exchange(ref _total, total);

    /// <summary>A page is done.</summary>
    public void Passed(BatchPosition next, int succeeded, int failed)
    {
        lock (_lock)
        {
            Position = next;
            Interlocked.Add(ref _completed, succeeded);
            Interlocked.Add(ref _failed, failed);
        }
    }

    /// <summary>Ends the job, unless it has ended.</summary>
    public bool TryClose(BatchOperationState state, DateTimeOffset time)
    {
        lock (_lock)
        {
            if (State != BatchOperationState.Running)
            {
                return false;
            }

            State = state;
            CloseTime = time;
            return true;
        }
    }

    private sealed record Stored(
        byte[] Request,
        string RunId,
        DateTimeOffset StartTime,
        DateTimeOffset? CloseTime,
        BatchOperationState State,
        BatchPosition Position,
        long Total,
        long Completed,
        long Failed);
}

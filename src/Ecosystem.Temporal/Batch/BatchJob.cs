namespace Ecosystem.Temporal.Batch;

/// <summary>A batch operation: one change to many workflows. Counts are read while it runs.</summary>
internal sealed class BatchJob(string ns, StartBatchOperationRequest request, DateTimeOffset startTime)
{
    private long _total;
    private long _completed;
    private long _failed;

    public string Namespace { get; } = ns;

    public StartBatchOperationRequest Request { get; } = request;

    public DateTimeOffset StartTime { get; } = startTime;

    public DateTimeOffset? CloseTime { get; set; }

    public BatchOperationState State { get; set; } = BatchOperationState.Running;

    /// <summary>Set when somebody stops the job.</summary>
    public CancellationTokenSource Stop { get; } = new();

    public long Total => Interlocked.Read(ref _total);

    public long Completed => Interlocked.Read(ref _completed);

    public long Failed => Interlocked.Read(ref _failed);

    public BatchOperationType Type => TypeOf(Request);

    /// <summary>Which operation a request asks for; unspecified if none.</summary>
    public static BatchOperationType TypeOf(StartBatchOperationRequest request) => request.OperationCase switch
    {
        StartBatchOperationRequest.OperationOneofCase.TerminationOperation => BatchOperationType.TerminateWorkflow,
        StartBatchOperationRequest.OperationOneofCase.SignalOperation => BatchOperationType.SignalWorkflow,
        StartBatchOperationRequest.OperationOneofCase.CancellationOperation => BatchOperationType.CancelWorkflow,
        StartBatchOperationRequest.OperationOneofCase.DeletionOperation => BatchOperationType.DeleteWorkflow,
        StartBatchOperationRequest.OperationOneofCase.ResetOperation => BatchOperationType.ResetWorkflow,
        StartBatchOperationRequest.OperationOneofCase.UpdateWorkflowOptionsOperation => BatchOperationType.UpdateWorkflowExecutionOptions,
        _ => BatchOperationType.Unspecified,
    };

    public void Found(long count) => Interlocked.Add(ref _total, count);

    public void Done(bool succeeded)
    {
        if (succeeded)
        {
            Interlocked.Increment(ref _completed);
        }
        else
        {
            Interlocked.Increment(ref _failed);
        }
    }
}

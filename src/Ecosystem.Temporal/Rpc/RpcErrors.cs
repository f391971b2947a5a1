using Temporalio.Api.ErrorDetails.V1;

namespace Ecosystem.Temporal.Rpc;

/// <summary>Errors as the service gives them: a status code, a message, and where clients need more, a typed detail.</summary>
internal static class RpcErrors
{
    private const string DetailsTrailer = "grpc-status-details-bin";

    public static RpcException InvalidArgument(string message) => Create(StatusCode.InvalidArgument, message);

    public static RpcException FailedPrecondition(string message) => Create(StatusCode.FailedPrecondition, message);

    public static RpcException Unimplemented(string message) => Create(StatusCode.Unimplemented, message);

    public static RpcException Internal(string message) => Create(StatusCode.Internal, message);

    public static RpcException DeadlineExceeded() => Create(StatusCode.DeadlineExceeded, "Deadline Exceeded");

    public static RpcException Unavailable(string message) => Create(StatusCode.Unavailable, message);

    public static RpcException PermissionDenied(string message) => Create(StatusCode.PermissionDenied, message, new PermissionDeniedFailure());

    public static RpcException NotFound(string message) => Create(StatusCode.NotFound, message, new NotFoundFailure());

    public static RpcException NamespaceNotFound(string name) =>
        Create(StatusCode.NotFound, $"Namespace {name} is not found.", new NamespaceNotFoundFailure { Namespace = name });

    /// <summary>The namespace is there, but not in a state that allows what was asked for.</summary>
    public static RpcException NamespaceInvalidState(string name, NamespaceState state, NamespaceState allowed) => Create(
        StatusCode.FailedPrecondition,
        $"Namespace has invalid state: {state}. Must be {allowed}.",
        new NamespaceInvalidStateFailure { Namespace = name, State = state, AllowedStates = { allowed } });

    public static RpcException WorkflowNotFound(string workflowId) => NotFound($"workflow not found for ID: {workflowId}");

    public static RpcException RunNotFound(string workflowId, string runId) =>
        NotFound($"workflow execution not found for workflow ID \"{workflowId}\" and run ID \"{runId}\"");

    public static RpcException ExecutionNotFound() => NotFound("workflow execution not found");

    public static RpcException AlreadyCompleted() => NotFound("workflow execution already completed");

    public static RpcException WorkflowTaskNotFound() => NotFound("Workflow task not found.");

    public static RpcException ActivityNotFound() =>
        NotFound("invalid activityID or activity already timed out or invoking workflow is completed");

    public static RpcException UpdateNotFound(string updateId) => NotFound($"update \"{updateId}\" not found");

    public static RpcException WorkflowNotReady(string message) =>
        Create(StatusCode.FailedPrecondition, message, new WorkflowNotReadyFailure());

    public static RpcException Busy() => ResourceExhausted(
        "workflow operation can not be applied because workflow is closing",
        ResourceExhaustedCause.BusyWorkflow);

    public static RpcException ResourceExhausted(string message, ResourceExhaustedCause cause, ResourceExhaustedScope scope = ResourceExhaustedScope.Namespace) =>
        Create(StatusCode.ResourceExhausted, message, new ResourceExhaustedFailure { Cause = cause, Scope = scope });

    public static RpcException AlreadyStarted(string message, string requestId, string runId, string firstRunId) => Create(
        StatusCode.AlreadyExists,
        message,
        new WorkflowExecutionAlreadyStartedFailure { StartRequestId = requestId, RunId = runId, FirstExecutionRunId = firstRunId });

    public static RpcException QueryFailed(string message, Failure? failure) =>
        Create(StatusCode.InvalidArgument, message, new QueryFailedFailure { Failure = failure });

    /// <summary>An error with typed details.</summary>
    public static RpcException Create(StatusCode code, string message, params IMessage[] details)
    {
        var trailers = new Metadata();
        if (details.Length > 0)
        {
            var status = new GrpcStatus { Code = (int)code, Message = message };
            status.Details.AddRange(details.Select(detail => Any.Pack(detail)));
            trailers.Add(DetailsTrailer, status.ToByteArray());
        }

        return new RpcException(new Status(code, message), trailers, message);
    }

    /// <summary>The code, message and details of an error, as they are put into the answer of a multi-operation.</summary>
    public static GrpcStatus ToStatus(RpcException error)
    {
        var bytes = error.Trailers.GetValueBytes(DetailsTrailer);
        return bytes is null
            ? new GrpcStatus { Code = (int)error.StatusCode, Message = error.Status.Detail }
            : GrpcStatus.Parser.ParseFrom(bytes);
    }
}

using Temporalio.Api.ErrorDetails.V1;

namespace Ecosystem.Temporal.Rpc;

/// <summary>A start and an update in one call.</summary>
internal static class MultiOperation
{
    public static async Task<ExecuteMultiOperationResponse> ExecuteAsync(
        Engine engine,
        NamespaceRecord ns,
        ExecuteMultiOperationRequest request,
        DateTimeOffset? deadline,
        CancellationToken cancel)
    {
        if (request.Operations.Count != 2
            || request.Operations[0].StartWorkflow is not { } start
            || request.Operations[1].UpdateWorkflow is not { } update)
        {
            throw RpcErrors.InvalidArgument("Operations have to be exactly [Start, Update].");
        }

        var startError = Check(() =>
        {
            if (start.Namespace.Length > 0 && start.Namespace != ns.Name)
            {
                throw RpcErrors.InvalidArgument("Operation namespace did not match request's namespace.");
            }

            StartValidation.Check(ns, start);
            if (start.CronSchedule.Length > 0)
            {
                throw RpcErrors.InvalidArgument("CronSchedule is not allowed.");
            }

            if (start.RequestEagerExecution)
            {
                throw RpcErrors.InvalidArgument("RequestEagerExecution is not supported.");
            }

            if (start.WorkflowStartDelay is { } delay && (delay.Seconds > 0 || delay.Nanos > 0))
            {
                throw RpcErrors.InvalidArgument("WorkflowStartDelay is not supported.");
            }

            engine.CheckOverride(ns, null, start.VersioningOverride, start.TaskQueue.Name);
        });
        var updateError = Check(() =>
        {
            if (update.Namespace.Length > 0 && update.Namespace != ns.Name)
            {
                throw RpcErrors.InvalidArgument("Operation namespace did not match request's namespace.");
            }

            RequestValidation.Execution(update.WorkflowExecution);
            WorkflowHandlers.CheckUpdate(update);
            if (update.FirstExecutionRunId.Length > 0)
            {
                throw RpcErrors.InvalidArgument("FirstExecutionRunId is not allowed.");
            }

            if (update.WorkflowExecution.RunId.Length > 0)
            {
                throw RpcErrors.InvalidArgument("RunId is not allowed.");
            }

            // Compared only where the start says which workflow it means.
            if (startError is null && update.WorkflowExecution.WorkflowId != start.WorkflowId)
            {
                throw RpcErrors.InvalidArgument("WorkflowId is not consistent with previous operation(s).");
            }
        });
        if (startError is not null || updateError is not null)
        {
            throw Failed(startError, updateError);
        }

        var isStarted = false;
        try
        {
            return await engine.UpdateWithStartAsync(ns, start, update, () => isStarted = true, deadline, cancel);
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.AlreadyExists)
        {
            throw Failed(e, null);
        }
        catch (RpcException e) when (e.StatusCode is not StatusCode.DeadlineExceeded)
        {
            throw Failed(null, e, isStarted);
        }
    }

    private static RpcException? Check(Action check)
    {
        try
        {
            check();
            return null;
        }
        catch (RpcException e)
        {
            return e;
        }
    }

    private static RpcException Failed(RpcException? start, RpcException? update, bool isStarted = false)
    {
        var details = new MultiOperationExecutionFailure();
        if (isStarted)
        {
            details.Statuses.Add(new MultiOperationExecutionFailure.Types.OperationStatus());
        }

        foreach (var error in isStarted ? [update] : (RpcException?[])[start, update])
        {
            var status = error is null
                ? RpcErrors.ToStatus(RpcErrors.Create(StatusCode.Aborted, "Operation was aborted.", new MultiOperationExecutionAborted()))
                : RpcErrors.ToStatus(error);
            var operation = new MultiOperationExecutionFailure.Types.OperationStatus { Code = status.Code, Message = status.Message };
            operation.Details.AddRange(status.Details);
            details.Statuses.Add(operation);
        }

        return RpcErrors.Create((start ?? update)!.StatusCode, "Update-with-Start could not be executed.", details);
    }
}

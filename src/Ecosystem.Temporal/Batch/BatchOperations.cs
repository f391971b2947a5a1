using System.Security.Cryptography;
using Temporalio.Api.Batch.V1;
using ApiExecution = Temporalio.Api.Common.V1.Execution;
using Operation = Temporalio.Api.WorkflowService.V1.StartBatchOperationRequest.OperationOneofCase;
using Run = Ecosystem.Temporal.Executions.Execution;

namespace Ecosystem.Temporal.Batch;

/// <summary>Does to one execution what a batch asks for.</summary>
internal sealed class BatchOperations(Engine engine, StandaloneActivityService activities)
{
    private const string Identity = "temporal-sys-batch";

    /// <summary>Applies the operation.</summary>
    /// <returns>False if it was refused. An execution that is gone or has ended needs nothing more and counts as done.</returns>
    public async Task<bool> ApplyAsync(BatchJob job, ApiExecution target)
    {
        try
        {
            await (job.IsOfActivities ? ApplyToActivityAsync(job, target) : ApplyToWorkflowAsync(job, target));
            return true;
        }
        catch (RpcException e)
        {
            return e.StatusCode == StatusCode.NotFound;
        }
    }

    private Task ApplyToActivityAsync(BatchJob job, ApiExecution target)
    {
        var request = job.Request;
        return request.OperationCase switch
        {
            Operation.TerminateActivitiesOperation => activities.ChangeAsync(
                job.Namespace,
                target.BusinessId,
                target.RunId,
                activity => StandaloneActivityMachine.Terminate(
                    activity, request.TerminateActivitiesOperation.Reason, request.TerminateActivitiesOperation.Identity, RequestId(request, target), engine.Now)),
            Operation.CancelActivitiesOperation => activities.ChangeAsync(
                job.Namespace,
                target.BusinessId,
                target.RunId,
                activity => StandaloneActivityMachine.RequestCancel(
                    activity,
                    new RequestCancelActivityExecutionRequest
                    {
                        Namespace = job.Namespace.Name,
                        ActivityId = target.BusinessId,
                        RunId = target.RunId,
                        Identity = request.CancelActivitiesOperation.Identity,
                        Reason = request.CancelActivitiesOperation.Reason,
                        RequestId = RequestId(request, target),
                    },
                    engine.Now)),
            _ => activities.DeleteAsync(job.Namespace, target.BusinessId, target.RunId),
        };
    }

    private Task ApplyToWorkflowAsync(BatchJob job, ApiExecution target)
    {
        var (ns, request) = (job.Namespace, job.Request);
        var execution = new WorkflowExecution { WorkflowId = target.BusinessId, RunId = target.RunId };
        return request.OperationCase switch
        {
            Operation.TerminationOperation => engine.TerminateAsync(ns, new TerminateWorkflowExecutionRequest
            {
                Namespace = ns.Name,
                WorkflowExecution = execution,
                Reason = request.Reason,
                Identity = request.TerminationOperation.Identity is { Length: > 0 } named ? named : Identity,
            }),
            Operation.SignalOperation => engine.SignalAsync(ns, new SignalWorkflowExecutionRequest
            {
                Namespace = ns.Name,
                WorkflowExecution = execution,
                SignalName = request.SignalOperation.Signal,
                Input = request.SignalOperation.Input,
                Header = request.SignalOperation.Header,
                Identity = request.SignalOperation.Identity,
                RequestId = RequestId(request, target),
            }),
            Operation.CancellationOperation => engine.CancelAsync(ns, new RequestCancelWorkflowExecutionRequest
            {
                Namespace = ns.Name,
                WorkflowExecution = execution,
                Identity = request.CancellationOperation.Identity is { Length: > 0 } named ? named : Identity,
                RequestId = RequestId(request, target),
            }),
            Operation.DeletionOperation => engine.DeleteAsync(ns, execution),
            Operation.ResetOperation => engine.ResetAsync(ns, ResetOf(job, execution)),
            Operation.UpdateWorkflowOptionsOperation => engine.UpdateOptionsAsync(ns, new UpdateWorkflowExecutionOptionsRequest
            {
                Namespace = ns.Name,
                WorkflowExecution = execution,
                WorkflowExecutionOptions = request.UpdateWorkflowOptionsOperation.WorkflowExecutionOptions,
                UpdateMask = request.UpdateWorkflowOptionsOperation.UpdateMask,
                Identity = request.UpdateWorkflowOptionsOperation.Identity,
            }),
            Operation.UnpauseActivitiesOperation => engine.UnpauseActivitiesAsync(ns, UnpauseOf(request.UnpauseActivitiesOperation, execution)),
            Operation.ResetActivitiesOperation => engine.ResetActivitiesAsync(ns, ResetOf(request.ResetActivitiesOperation, execution)),
            Operation.UpdateActivityOptionsOperation => engine.UpdateActivityOptionsAsync(ns, UpdateOf(request.UpdateActivityOptionsOperation, execution)),
            _ => throw RpcErrors.InvalidArgument($"unknown batch type: {request.OperationCase}"),
        };
    }

    private static UnpauseActivityRequest UnpauseOf(BatchOperationUnpauseActivities operation, WorkflowExecution execution)
    {
        var request = new UnpauseActivityRequest
        {
            Execution = execution,
            Identity = operation.Identity,
            ResetAttempts = operation.ResetAttempts,
            ResetHeartbeat = operation.ResetHeartbeat,
            Jitter = operation.Jitter,
        };
        if (operation.HasType)
        {
            request.Type = operation.Type;
        }
        else
        {
            request.UnpauseAll = true;
        }

        return request;
    }

    private static ResetActivityRequest ResetOf(BatchOperationResetActivities operation, WorkflowExecution execution)
    {
        var request = new ResetActivityRequest
        {
            Execution = execution,
            Identity = operation.Identity,
            ResetHeartbeat = operation.ResetHeartbeat,
            Jitter = operation.Jitter,
            KeepPaused = operation.KeepPaused,
            RestoreOriginalOptions = operation.RestoreOriginalOptions,
        };
        if (operation.HasType)
        {
            request.Type = operation.Type;
        }
        else
        {
            request.MatchAll = true;
        }

        return request;
    }

    private static UpdateActivityOptionsRequest UpdateOf(BatchOperationUpdateActivityOptions operation, WorkflowExecution execution)
    {
        var request = new UpdateActivityOptionsRequest
        {
            Execution = execution,
            Identity = operation.Identity,
            ActivityOptions = operation.ActivityOptions,
            UpdateMask = operation.UpdateMask ?? new Google.Protobuf.WellKnownTypes.FieldMask(),
            RestoreOriginal = operation.RestoreOriginal,
        };
        if (operation.HasType)
        {
            request.Type = operation.Type;
        }
        else
        {
            request.MatchAll = true;
        }

        return request;
    }

    private ResetWorkflowExecutionRequest ResetOf(BatchJob job, WorkflowExecution execution)
    {
        var operation = job.Request.ResetOperation;
        var (runId, eventId) = engine.WithChain(job.Namespace, execution.WorkflowId, chain => PointOf(operation, engine.Resolve(chain, execution.RunId)));
        var reset = new ResetWorkflowExecutionRequest
        {
            Namespace = job.Namespace.Name,
            WorkflowExecution = new WorkflowExecution { WorkflowId = execution.WorkflowId, RunId = runId },
            Reason = job.Request.Reason,
            Identity = operation.Identity,
            WorkflowTaskFinishEventId = eventId,
            RequestId = RequestId(job.Request, new ApiExecution { BusinessId = execution.WorkflowId, RunId = execution.RunId }),
            ResetReapplyType = operation.Options?.ResetReapplyType ?? operation.ResetReapplyType,
        };
        reset.ResetReapplyExcludeTypes.AddRange(operation.Options?.ResetReapplyExcludeTypes ?? []);
        reset.PostResetOperations.AddRange(operation.PostResetOperations);
        return reset;
    }

    /// <summary>The run and the event to which a reset goes back.</summary>
    private (string RunId, long EventId) PointOf(BatchOperationReset operation, Run run)
    {
        var options = operation.Options;
        if (options?.TargetCase == ResetOptions.TargetOneofCase.WorkflowTaskId)
        {
            return (run.State.RunId, options.WorkflowTaskId);
        }

        if (options?.TargetCase == ResetOptions.TargetOneofCase.BuildId)
        {
            return PointOf(options, run);
        }

        var events = engine.AllEvents(run).ToList();
        var completed = events.Where(e => e.EventType == EventType.WorkflowTaskCompleted).Select(e => e.EventId).ToList();
        if (completed.Count == 0)
        {
            var scheduled = events.Find(e => e.EventType == EventType.WorkflowTaskScheduled)
                ?? throw RpcErrors.InvalidArgument("unable to find any scheduled or completed task");
            return (run.State.RunId, scheduled.EventId + 1);
        }

        var first = options is null ? operation.ResetType == ResetType.FirstWorkflowTask : options.TargetCase == ResetOptions.TargetOneofCase.FirstWorkflowTask;
        return (run.State.RunId, first ? completed[0] : completed[^1]);
    }

    private (string RunId, long EventId) PointOf(ResetOptions options, Run run)
    {
        var point = run.State.ResetPoints.Points.FirstOrDefault(point => point.BuildId == options.BuildId)
            ?? throw RpcErrors.InvalidArgument($"Can't find reset point for {options.BuildId}");
        if (!point.Resettable || (point.ExpireTime is { } expires && expires.ToDateTimeOffset() < engine.Now))
        {
            throw RpcErrors.InvalidArgument($"Reset point for {options.BuildId} is not resettable or expired");
        }

        return options.CurrentRunOnly && point.RunId != run.State.RunId
            ? throw RpcErrors.InvalidArgument($"Reset point for {options.BuildId} points to previous run and CurrentRunOnly is set")
            : (point.RunId, point.FirstWorkflowTaskCompletedId);
    }

    /// <summary>The same for the same job and target, so that what is tried again after a restart happens once.</summary>
    private static string RequestId(StartBatchOperationRequest request, ApiExecution target) =>
        new Guid(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{request.JobId}:{request.OperationCase}:{target.BusinessId}:{target.RunId}")).AsSpan(0, 16)).ToString();
}

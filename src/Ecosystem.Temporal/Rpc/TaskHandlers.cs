namespace Ecosystem.Temporal.Rpc;

/// <summary>RPCs of workers.</summary>
internal sealed class TaskHandlers(Engine engine)
{
    private static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(60);

    public void AddTo(RpcHandlers handlers)
    {
        handlers.Add<PollWorkflowTaskQueueRequest, PollWorkflowTaskQueueResponse>("PollWorkflowTaskQueue", (request, call) =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            RequestValidation.TaskQueue(request.TaskQueue);
            var identity = new PollerIdentity(request.Identity)
            {
                WorkerInstanceKey = request.WorkerInstanceKey,
                Deployment = request.DeploymentOptions,
                Capabilities = request.WorkerVersionCapabilities,
            };
            return engine.PollWorkflowTaskAsync(ns, request.TaskQueue, identity, Until(call), call.CancellationToken);
        });
        handlers.Add<PollActivityTaskQueueRequest, PollActivityTaskQueueResponse>("PollActivityTaskQueue", (request, call) =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            RequestValidation.TaskQueue(request.TaskQueue);
            var identity = new PollerIdentity(request.Identity)
            {
                WorkerInstanceKey = request.WorkerInstanceKey,
                Deployment = request.DeploymentOptions,
                Capabilities = request.WorkerVersionCapabilities,
                MaxTasksPerSecond = request.TaskQueueMetadata?.MaxTasksPerSecond,
            };
            return engine.PollActivityTaskAsync(ns, request.TaskQueue, identity, Until(call), call.CancellationToken);
        });
        handlers.Add<RespondWorkflowTaskCompletedRequest, RespondWorkflowTaskCompletedResponse>(
            "RespondWorkflowTaskCompleted",
            (request, _) => engine.CompleteWorkflowTaskAsync(request));
        handlers.Add<RespondWorkflowTaskFailedRequest, RespondWorkflowTaskFailedResponse>("RespondWorkflowTaskFailed", async (request, _) =>
        {
            await engine.FailWorkflowTaskAsync(request);
            return new RespondWorkflowTaskFailedResponse();
        });
        handlers.Add<RespondQueryTaskCompletedRequest, RespondQueryTaskCompletedResponse>("RespondQueryTaskCompleted", request =>
        {
            engine.AnswerQuery(request);
            return new RespondQueryTaskCompletedResponse();
        });
        AddActivities(handlers);
        handlers.Add<ShutdownWorkerRequest, ShutdownWorkerResponse>("ShutdownWorker", request =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            if (request.StickyTaskQueue.Length > 0)
            {
                engine.Queues.Find(ns, request.StickyTaskQueue, TaskQueueType.Workflow)?.Release(_ => true);
            }

            return new ShutdownWorkerResponse();
        });
    }

    private void AddActivities(RpcHandlers handlers)
    {
        handlers.Add<RespondActivityTaskCompletedRequest, RespondActivityTaskCompletedResponse>("RespondActivityTaskCompleted", async (request, _) =>
        {
            await engine.CompleteActivityAsync(TaskToken.Parse(request.TaskToken), request.Result, request.Identity);
            return new RespondActivityTaskCompletedResponse();
        });
        handlers.Add<RespondActivityTaskCompletedByIdRequest, RespondActivityTaskCompletedByIdResponse>("RespondActivityTaskCompletedById", async (request, _) =>
        {
            var token = ById(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId);
            await engine.CompleteActivityAsync(token, request.Result, request.Identity);
            return new RespondActivityTaskCompletedByIdResponse();
        });
        handlers.Add<RespondActivityTaskFailedRequest, RespondActivityTaskFailedResponse>("RespondActivityTaskFailed", async (request, _) =>
        {
            var token = TaskToken.Parse(request.TaskToken);
            CheckFailure(request.Failure);
            await engine.FailActivityAsync(token, request.Failure, request.LastHeartbeatDetails, request.Identity);
            return new RespondActivityTaskFailedResponse();
        });
        handlers.Add<RespondActivityTaskFailedByIdRequest, RespondActivityTaskFailedByIdResponse>("RespondActivityTaskFailedById", async (request, _) =>
        {
            var token = ById(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId);
            CheckFailure(request.Failure);
            await engine.FailActivityAsync(token, request.Failure, request.LastHeartbeatDetails, request.Identity);
            return new RespondActivityTaskFailedByIdResponse();
        });
        handlers.Add<RespondActivityTaskCanceledRequest, RespondActivityTaskCanceledResponse>("RespondActivityTaskCanceled", async (request, _) =>
        {
            await engine.CancelActivityAsync(TaskToken.Parse(request.TaskToken), request.Details, request.Identity);
            return new RespondActivityTaskCanceledResponse();
        });
        handlers.Add<RespondActivityTaskCanceledByIdRequest, RespondActivityTaskCanceledByIdResponse>("RespondActivityTaskCanceledById", async (request, _) =>
        {
            var token = ById(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId);
            await engine.CancelActivityAsync(token, request.Details, request.Identity);
            return new RespondActivityTaskCanceledByIdResponse();
        });
        handlers.Add<RecordActivityTaskHeartbeatRequest, RecordActivityTaskHeartbeatResponse>(
            "RecordActivityTaskHeartbeat",
            (request, _) => engine.HeartbeatAsync(TaskToken.Parse(request.TaskToken), request.Details));
        handlers.Add<RecordActivityTaskHeartbeatByIdRequest, RecordActivityTaskHeartbeatByIdResponse>("RecordActivityTaskHeartbeatById", async (request, _) =>
        {
            var response = await engine.HeartbeatAsync(ById(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId), request.Details);
            return new RecordActivityTaskHeartbeatByIdResponse
            {
                CancelRequested = response.CancelRequested,
                ActivityPaused = response.ActivityPaused,
                ActivityReset = response.ActivityReset,
            };
        });
    }

    private TaskToken ById(string ns, string workflowId, string runId, string activityId)
    {
        var record = engine.Namespaces.Get(ns);
        if (activityId.Length == 0)
        {
            throw RpcErrors.InvalidArgument("ActivityId is not set on request.");
        }

        if (workflowId.Length == 0)
        {
            throw RpcErrors.NotFound($"activity not found for ID: {activityId}");
        }

        RequestValidation.RunId(runId);
        return engine.TokenById(record, workflowId, runId, activityId);
    }

    private static void CheckFailure(Failure? failure)
    {
        if (failure is not null && failure.ApplicationFailureInfo is null)
        {
            throw RpcErrors.InvalidArgument("Failure must have ApplicationFailureInfo.");
        }
    }

    /// <summary>When an empty long poll is answered: a second before the caller gives up.</summary>
    private DateTimeOffset Until(ServerCallContext call)
    {
        var end = engine.RealNow + LongPoll;
        return WorkflowHandlers.Deadline(call) is { } deadline && deadline - TimeSpan.FromSeconds(1) < end ? deadline - TimeSpan.FromSeconds(1) : end;
    }
}

namespace Ecosystem.Temporal.Rpc;

/// <summary>RPCs of workers.</summary>
internal sealed class TaskHandlers(Engine engine, StandaloneActivityService activities)
{
    private const int LongestBuildId = 255;
    private static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(60);

    public void AddTo(RpcHandlers handlers)
    {
        handlers.Add<PollWorkflowTaskQueueRequest, PollWorkflowTaskQueueResponse>("PollWorkflowTaskQueue", async (request, call) =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            CheckPoller(request.Identity, request.WorkerVersionCapabilities, request.DeploymentOptions, request.TaskQueue);
            RequestValidation.TaskQueue(request.TaskQueue);
            var sticky = request.TaskQueue.Kind == TaskQueueKind.Sticky;
            var identity = new PollerIdentity(request.Identity)
            {
                WorkerInstanceKey = request.WorkerInstanceKey,
                Deployment = request.DeploymentOptions,
                Capabilities = request.WorkerVersionCapabilities,

                // A sticky queue belongs to one worker, so its tasks need no version.
                Version = sticky ? "" : DeploymentVersions.Of(request.DeploymentOptions),
            };
            if (!sticky)
            {
                await engine.Deployments.RegisterAsync(ns, request.DeploymentOptions, request.TaskQueue.Name, TaskQueueType.Workflow);
            }

            return await engine.PollWorkflowTaskAsync(ns, request.TaskQueue, identity, Until(call), call.CancellationToken);
        });
        handlers.Add<PollActivityTaskQueueRequest, PollActivityTaskQueueResponse>("PollActivityTaskQueue", async (request, call) =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            CheckPoller(request.Identity, request.WorkerVersionCapabilities, request.DeploymentOptions, request.TaskQueue);
            RequestValidation.TaskQueue(request.TaskQueue);
            var identity = new PollerIdentity(request.Identity)
            {
                WorkerInstanceKey = request.WorkerInstanceKey,
                Deployment = request.DeploymentOptions,
                Capabilities = request.WorkerVersionCapabilities,
                MaxTasksPerSecond = request.TaskQueueMetadata?.MaxTasksPerSecond,
                Sdk = (call.RequestHeaders.GetValue("client-name") ?? "", call.RequestHeaders.GetValue("client-version") ?? ""),
                Version = DeploymentVersions.Of(request.DeploymentOptions),
            };
            await engine.Deployments.RegisterAsync(ns, request.DeploymentOptions, request.TaskQueue.Name, TaskQueueType.Activity);
            return await engine.PollActivityTaskAsync(ns, request.TaskQueue, identity, Until(call), call.CancellationToken);
        });
        handlers.Add<RespondWorkflowTaskCompletedRequest, RespondWorkflowTaskCompletedResponse>(
            "RespondWorkflowTaskCompleted",
            (request, _) =>
            {
                CheckCompletion(request);
                return engine.CompleteWorkflowTaskAsync(request);
            });
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
    }

    private void AddActivities(RpcHandlers handlers)
    {
        handlers.Add<RespondActivityTaskCompletedRequest, RespondActivityTaskCompletedResponse>("RespondActivityTaskCompleted", async (request, _) =>
        {
            await CompleteAsync(TokenOf(request.Namespace, request.TaskToken), request.Result, request.Identity);
            return new RespondActivityTaskCompletedResponse();
        });
        handlers.Add<RespondActivityTaskCompletedByIdRequest, RespondActivityTaskCompletedByIdResponse>("RespondActivityTaskCompletedById", async (request, _) =>
        {
            var token = ById(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId);
            await CompleteAsync(token, request.Result, request.Identity, isKnownById: true);
            return new RespondActivityTaskCompletedByIdResponse();
        });
        handlers.Add<RespondActivityTaskFailedRequest, RespondActivityTaskFailedResponse>("RespondActivityTaskFailed", async (request, _) =>
        {
            var response = new RespondActivityTaskFailedResponse();
            await FailAsync(TokenOf(request.Namespace, request.TaskToken), request.Failure, request.LastHeartbeatDetails, request.Identity);
            response.Failures.AddRange(Shortened(request.Failure, request.LastHeartbeatDetails));
            return response;
        });
        handlers.Add<RespondActivityTaskFailedByIdRequest, RespondActivityTaskFailedByIdResponse>("RespondActivityTaskFailedById", async (request, _) =>
        {
            var token = ById(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId);
            var response = new RespondActivityTaskFailedByIdResponse();

            // The server checks the size of the last heartbeat here, but does not keep it.
            await FailAsync(token, request.Failure, null, request.Identity);
            response.Failures.AddRange(Shortened(request.Failure, request.LastHeartbeatDetails));
            return response;
        });
        handlers.Add<RespondActivityTaskCanceledRequest, RespondActivityTaskCanceledResponse>("RespondActivityTaskCanceled", async (request, _) =>
        {
            await CancelAsync(TokenOf(request.Namespace, request.TaskToken), request.Details, request.Identity);
            return new RespondActivityTaskCanceledResponse();
        });
        handlers.Add<RespondActivityTaskCanceledByIdRequest, RespondActivityTaskCanceledByIdResponse>("RespondActivityTaskCanceledById", async (request, _) =>
        {
            await CancelAsync(ById(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId), request.Details, request.Identity);
            return new RespondActivityTaskCanceledByIdResponse();
        });
        handlers.Add<RecordActivityTaskHeartbeatRequest, RecordActivityTaskHeartbeatResponse>(
            "RecordActivityTaskHeartbeat",
            (request, _) => HeartbeatAsync(TokenOf(request.Namespace, request.TaskToken), request.Details));
        handlers.Add<RecordActivityTaskHeartbeatByIdRequest, RecordActivityTaskHeartbeatByIdResponse>("RecordActivityTaskHeartbeatById", async (request, _) =>
        {
            var response = await HeartbeatAsync(ById(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId), request.Details);
            return new RecordActivityTaskHeartbeatByIdResponse
            {
                CancelRequested = response.CancelRequested,
                ActivityPaused = response.ActivityPaused,
                ActivityReset = response.ActivityReset,
            };
        });
    }

    /// <summary>Tells a worker which parts of its answer were too large to be kept.</summary>
    private static IEnumerable<Failure> Shortened(Failure? failure, Payloads? heartbeat)
    {
        if (heartbeat is not null && heartbeat.CalculateSize() > Limits.BlobError)
        {
            yield return FailureCut.Server("Heartbeat details exceed size limit.");
        }

        if (failure is not null && failure.CalculateSize() > Limits.BlobError)
        {
            yield return FailureCut.TooLarge(failure, Limits.BlobWarning, nonRetryable: true);
        }
    }

    private Task CompleteAsync(TaskToken token, Payloads? result, string identity, bool isKnownById = false)
    {
        RequestValidation.Identity(identity);
        return token.IsStandalone
            ? activities.AnswerAsync(token, (activity, now) => StandaloneActivityMachine.Complete(activity, result, identity, now), mayWait: isKnownById)
            : engine.CompleteActivityAsync(token, result, identity, isKnownById);
    }

    private Task FailAsync(TaskToken token, Failure? failure, Payloads? heartbeat, string identity)
    {
        if (failure is not null && failure.ApplicationFailureInfo is null)
        {
            throw RpcErrors.InvalidArgument("Failure must have ApplicationFailureInfo.");
        }

        RequestValidation.Identity(identity);
        return token.IsStandalone
            ? activities.AnswerAsync(token, (activity, now) =>
            {
                if (heartbeat is not null)
                {
                    StandaloneActivityMachine.Heartbeat(activity, heartbeat, now);
                }

                StandaloneActivityMachine.Fail(activity, failure ?? new Failure(), identity, now);
            })
            : engine.FailActivityAsync(token, failure, heartbeat, identity);
    }

    private Task CancelAsync(TaskToken token, Payloads? details, string identity)
    {
        RequestValidation.Identity(identity);
        return token.IsStandalone
            ? activities.AnswerAsync(token, (activity, now) =>
            {
                if (!activity.CancelRequested)
                {
                    throw RpcErrors.InvalidArgument("unable to mark activity as canceled without activity being request canceled first");
                }

                StandaloneActivityMachine.Cancel(activity, details, now);
            })
            : engine.CancelActivityAsync(token, details, identity);
    }

    private async Task<RecordActivityTaskHeartbeatResponse> HeartbeatAsync(TaskToken token, Payloads? details)
    {
        if (!token.IsStandalone)
        {
            return await engine.HeartbeatAsync(token, details);
        }

        var response = new RecordActivityTaskHeartbeatResponse();
        await activities.AnswerAsync(token, (activity, now) => response = StandaloneActivityMachine.Heartbeat(activity, details, now));
        return response;
    }

    /// <summary>The token counts; a namespace that is named beside it has to be there.</summary>
    private TaskToken TokenOf(string ns, ByteString token)
    {
        if (ns.Length > 0)
        {
            engine.Namespaces.Get(ns);
        }

        return TaskToken.Parse(token);
    }

    private TaskToken ById(string ns, string workflowId, string runId, string activityId)
    {
        var record = engine.Namespaces.Get(ns);
        if (activityId.Length == 0)
        {
            throw RpcErrors.InvalidArgument("ActivityId is not set on request.");
        }

        RequestValidation.RunId(runId);
        return workflowId.Length > 0
            ? engine.TokenById(record, workflowId, runId, activityId)
            : activities.Read(record, activityId, runId, activity => new TaskToken(record.Id, "", activity.RunId, 0, 0, 0, 0, "", activity.Id));
    }

    private static void CheckPoller(
        string identity,
        WorkerVersionCapabilities? capabilities,
        Temporalio.Api.Deployment.V1.WorkerDeploymentOptions? deployment,
        TaskQueue? queue) => CheckWorker(identity, capabilities?.UseVersioning == true, capabilities?.BuildId ?? "", deployment, queue);

    /// <summary>Who works, by which version, on which queue.</summary>
    private static void CheckWorker(
        string identity,
        bool usesVersioning,
        string buildId,
        Temporalio.Api.Deployment.V1.WorkerDeploymentOptions? deployment,
        TaskQueue? queue)
    {
        RequestValidation.Identity(identity);
        if (usesVersioning)
        {
            throw RpcErrors.PermissionDenied("Worker versioning in workflow progress APIs is disabled on this namespace.");
        }

        if (deployment is not null && queue is { Kind: TaskQueueKind.Sticky, NormalName.Length: 0 })
        {
            throw RpcErrors.InvalidArgument(
                "NormalName must be set on sticky queue when UseVersioning is true or DeploymentOptions are set.");
        }

        if (buildId.Length > LongestBuildId)
        {
            throw RpcErrors.InvalidArgument("Build ID exceeds configured limit.workerBuildIdSize, use a shorter build ID.");
        }

        DeploymentVersions.Check(deployment);
    }

    private static void CheckCompletion(RespondWorkflowTaskCompletedRequest request)
    {
        var stamp = request.WorkerVersionStamp;
        CheckWorker(request.Identity, stamp?.UseVersioning == true, stamp?.BuildId ?? "", request.DeploymentOptions, request.StickyAttributes?.WorkerTaskQueue);
        if (request.VersioningBehavior != VersioningBehavior.Unspecified && DeploymentVersions.Of(request.DeploymentOptions).Length == 0)
        {
            throw RpcErrors.InvalidArgument(
                "versioning behavior cannot be specified without deployment options being set with versioned mode");
        }
    }

    /// <summary>When an empty long poll is answered: a second before the caller gives up.</summary>
    private DateTimeOffset Until(ServerCallContext call)
    {
        var end = engine.RealNow + LongPoll;
        return WorkflowHandlers.Deadline(call) is { } deadline && deadline - TimeSpan.FromSeconds(1) < end ? deadline - TimeSpan.FromSeconds(1) : end;
    }
}

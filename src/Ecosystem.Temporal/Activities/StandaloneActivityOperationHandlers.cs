namespace Ecosystem.Temporal.Activities;

/// <summary>RPCs by which operators pause, unpause and reset an activity and change its options, whether it has a workflow or not.</summary>
internal sealed class StandaloneActivityOperationHandlers(Engine engine, StandaloneActivityService activities)
{
    public void AddTo(RpcHandlers handlers)
    {
        handlers.Add<PauseActivityExecutionRequest, PauseActivityExecutionResponse>("PauseActivityExecution", async (request, _) =>
        {
            var ns = Check(request.Namespace, request.ActivityId, request.RunId, request.RequestId, request.Identity, request.Reason);
            await (request.WorkflowId.Length > 0
                ? engine.PauseActivitiesAsync(ns, new PauseActivityRequest
                {
                    Execution = Execution(request.WorkflowId, request.RunId),
                    Id = request.ActivityId,
                    Reason = request.Reason,
                    Identity = request.Identity,
                    RequestId = request.RequestId,
                })
                : activities.ChangeAsync(ns, request.ActivityId, request.RunId, activity => StandaloneActivityMachine.Pause(activity, request)));
            return new PauseActivityExecutionResponse();
        });
        handlers.Add<UnpauseActivityExecutionRequest, UnpauseActivityExecutionResponse>("UnpauseActivityExecution", async (request, _) =>
        {
            var ns = Check(request.Namespace, request.ActivityId, request.RunId, request.RequestId, request.Identity, request.Reason);
            await (request.WorkflowId.Length > 0
                ? engine.UnpauseActivitiesAsync(ns, new UnpauseActivityRequest
                {
                    Execution = Execution(request.WorkflowId, request.RunId),
                    Id = request.ActivityId,
                    Jitter = request.Jitter,
                    Identity = request.Identity,
                })
                : activities.ChangeAsync(ns, request.ActivityId, request.RunId, activity => StandaloneActivityMachine.Unpause(activity, request, engine.Now)));
            return new UnpauseActivityExecutionResponse();
        });
        handlers.Add<ResetActivityExecutionRequest, ResetActivityExecutionResponse>("ResetActivityExecution", async (request, _) =>
        {
            var ns = Check(request.Namespace, request.ActivityId, request.RunId, request.RequestId, request.Identity, "");
            await (request.WorkflowId.Length > 0
                ? engine.ResetActivitiesAsync(ns, new ResetActivityRequest
                {
                    Execution = Execution(request.WorkflowId, request.RunId),
                    Id = request.ActivityId,
                    Jitter = request.Jitter,
                    Identity = request.Identity,
                    KeepPaused = request.KeepPaused,
                    ResetHeartbeat = request.ResetHeartbeat,
                    RestoreOriginalOptions = request.RestoreOriginalOptions,
                })
                : activities.ChangeAsync(ns, request.ActivityId, request.RunId, activity => StandaloneActivityMachine.Reset(activity, request, engine.Now)));
            return new ResetActivityExecutionResponse();
        });
        handlers.Add<UpdateActivityExecutionOptionsRequest, UpdateActivityExecutionOptionsResponse>("UpdateActivityExecutionOptions", async (request, _) =>
        {
            var ns = Check(request.Namespace, request.ActivityId, request.RunId, request.RequestId, request.Identity, "");
            RequestValidation.Priority(request.ActivityOptions?.Priority);
            if (request.WorkflowId.Length > 0)
            {
                var updated = await engine.UpdateActivityOptionsAsync(ns, new UpdateActivityOptionsRequest
                {
                    Execution = Execution(request.WorkflowId, request.RunId),
                    Id = request.ActivityId,
                    ActivityOptions = request.ActivityOptions,
                    UpdateMask = request.UpdateMask,
                    RestoreOriginal = request.RestoreOriginal,
                });
                return new UpdateActivityExecutionOptionsResponse { ActivityOptions = updated.ActivityOptions };
            }

            var response = new UpdateActivityExecutionOptionsResponse();
            await activities.ChangeAsync(
                ns,
                request.ActivityId,
                request.RunId,
                activity => response.ActivityOptions = StandaloneActivityMachine.UpdateOptions(activity, request, engine.Now));
            return response;
        });
    }

    private static WorkflowExecution Execution(string workflowId, string runId) => new() { WorkflowId = workflowId, RunId = runId };

    private NamespaceRecord Check(string ns, string activityId, string runId, string requestId, string identity, string reason)
    {
        var record = engine.Namespaces.Get(ns);
        StandaloneActivityValidation.Target(activityId, runId);
        StandaloneActivityValidation.Caller(requestId, identity, reason);
        return record;
    }
}

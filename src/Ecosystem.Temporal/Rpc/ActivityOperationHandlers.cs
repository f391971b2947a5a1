namespace Ecosystem.Temporal.Rpc;

/// <summary>RPCs by which operators pause, unpause and reset activities of workflows and change their options.</summary>
internal sealed class ActivityOperationHandlers(Engine engine)
{
    public void AddTo(RpcHandlers handlers)
    {
        handlers.Add<PauseActivityRequest, PauseActivityResponse>("PauseActivity", async (request, _) =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            Check(request.Execution, request.HasId || request.HasType);
            await engine.PauseActivitiesAsync(ns, request);
            return new PauseActivityResponse();
        });
        handlers.Add<UnpauseActivityRequest, UnpauseActivityResponse>("UnpauseActivity", async (request, _) =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            Check(request.Execution, request.HasId || request.HasType || request.HasUnpauseAll);
            await engine.UnpauseActivitiesAsync(ns, request);
            return new UnpauseActivityResponse();
        });
        handlers.Add<ResetActivityRequest, ResetActivityResponse>("ResetActivity", async (request, _) =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            Check(request.Execution, request.HasId || request.HasType || request.HasMatchAll);
            await engine.ResetActivitiesAsync(ns, request);
            return new ResetActivityResponse();
        });
        handlers.Add<UpdateActivityOptionsRequest, UpdateActivityOptionsResponse>("UpdateActivityOptions", (request, _) =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            Check(request.Execution, request.HasId || request.HasType || request.HasMatchAll);
            RequestValidation.Priority(request.ActivityOptions?.Priority);
            return engine.UpdateActivityOptionsAsync(ns, request);
        });
    }

    private static void Check(WorkflowExecution? execution, bool named)
    {
        RequestValidation.WorkflowIdSet(execution?.WorkflowId ?? "");
        RequestValidation.RunId(execution!.RunId);
        if (!named)
        {
            throw RpcErrors.InvalidArgument("Either Activity.Id or Activity.Type should be set on request.");
        }
    }
}

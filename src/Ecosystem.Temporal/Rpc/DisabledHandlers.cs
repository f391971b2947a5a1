namespace Ecosystem.Temporal.Rpc;

/// <summary>RPCs that a server with default settings refuses: what is asked for is switched off, or was replaced.</summary>
internal sealed class DisabledHandlers(Engine engine)
{
    private const string OldDeployments = "Deployments are deprecated and no longer supported, use Worker Deployments instead";
    private const string VersionSets = "Worker versioning v0.1 (Version Set-based, deprecated) is disabled on this namespace.";
    private const string VersioningRules = "Worker versioning v0.2 (Rules-based, deprecated) is disabled on this namespace.";

    public void AddTo(RpcHandlers handlers)
    {
        AddRules(handlers);
        AddPause(handlers);
        Refuse<FetchWorkerConfigRequest, FetchWorkerConfigResponse>(
            handlers, "FetchWorkerConfig", request => request.Namespace, RpcErrors.Unimplemented, "FetchWorkerConfig command is not enabled.");
        Refuse<UpdateWorkerConfigRequest, UpdateWorkerConfigResponse>(
            handlers, "UpdateWorkerConfig", request => request.Namespace, RpcErrors.Unimplemented, "UpdateWorkerConfig command is not enabled.");
        AddVersioning(handlers);
        handlers.Add<PollWorkflowExecutionTimeSkippingRequest, PollWorkflowExecutionTimeSkippingResponse>("PollWorkflowExecutionTimeSkipping", request =>
        {
            engine.Namespaces.Get(request.Namespace);
            RequestValidation.Execution(request.WorkflowExecution);
            throw RpcErrors.Unimplemented("The Time-Skipping feature is not enabled for namespace.");
        });
    }

    private void AddRules(RpcHandlers handlers)
    {
        static string Text(string method) => $"method {method} not supported";
        Refuse<CreateWorkflowRuleRequest, CreateWorkflowRuleResponse>(
            handlers, "CreateWorkflowRule", request => request.Namespace, RpcErrors.Unimplemented, Text("CreateWorkflowRule"));
        Refuse<DescribeWorkflowRuleRequest, DescribeWorkflowRuleResponse>(
            handlers, "DescribeWorkflowRule", request => request.Namespace, RpcErrors.Unimplemented, Text("DescribeWorkflowRule"));
        Refuse<ListWorkflowRulesRequest, ListWorkflowRulesResponse>(
            handlers, "ListWorkflowRules", request => request.Namespace, RpcErrors.Unimplemented, Text("ListWorkflowRules"));
        Refuse<DeleteWorkflowRuleRequest, DeleteWorkflowRuleResponse>(
            handlers, "DeleteWorkflowRule", request => request.Namespace, RpcErrors.Unimplemented, Text("DeleteWorkflowRule"));
        Refuse<TriggerWorkflowRuleRequest, TriggerWorkflowRuleResponse>(
            handlers, "TriggerWorkflowRule", request => request.Namespace, RpcErrors.Unimplemented, Text("TriggerWorkflowRule"));
    }

    private void AddPause(RpcHandlers handlers)
    {
        handlers.Add<PauseWorkflowExecutionRequest, PauseWorkflowExecutionResponse>("PauseWorkflowExecution", request =>
        {
            engine.Namespaces.Get(request.Namespace);
            throw RpcErrors.Unimplemented($"workflow pause is not enabled for namespace: {request.Namespace}");
        });
        handlers.Add<UnpauseWorkflowExecutionRequest, UnpauseWorkflowExecutionResponse>("UnpauseWorkflowExecution", request =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            Require(request.Reason.Length <= Limits.IdLength, "reason is too long.");
            Require(request.RequestId.Length <= Limits.IdLength, "request id is too long.");
            Require(request.Identity.Length <= Limits.IdLength, "identity is too long.");
            Require(request.WorkflowId.Length > 0, "Can't load workflow execution.  WorkflowId not set.");
            Require(RequestValidation.IsRunId(request.RunId), "RunID is not valid UUID.");
            return engine.WithChain<UnpauseWorkflowExecutionResponse>(ns, request.WorkflowId, chain => throw (
                engine.Resolve(chain, request.RunId).State.IsRunning
                    ? RpcErrors.FailedPrecondition("workflow is not paused.")
                    : RpcErrors.AlreadyCompleted()));
        });
    }

    private void AddVersioning(RpcHandlers handlers)
    {
        Refuse<DescribeDeploymentRequest, DescribeDeploymentResponse>(
            handlers, "DescribeDeployment", request => request.Namespace, RpcErrors.Unimplemented, OldDeployments);
        Refuse<ListDeploymentsRequest, ListDeploymentsResponse>(
            handlers, "ListDeployments", request => request.Namespace, RpcErrors.Unimplemented, OldDeployments);
        Refuse<GetDeploymentReachabilityRequest, GetDeploymentReachabilityResponse>(
            handlers, "GetDeploymentReachability", request => request.Namespace, RpcErrors.Unimplemented, OldDeployments);
        Refuse<GetCurrentDeploymentRequest, GetCurrentDeploymentResponse>(
            handlers, "GetCurrentDeployment", request => request.Namespace, RpcErrors.Unimplemented, OldDeployments);
        Refuse<SetCurrentDeploymentRequest, SetCurrentDeploymentResponse>(
            handlers, "SetCurrentDeployment", request => request.Namespace, RpcErrors.Unimplemented, OldDeployments);
        Refuse<UpdateWorkerBuildIdCompatibilityRequest, UpdateWorkerBuildIdCompatibilityResponse>(
            handlers, "UpdateWorkerBuildIdCompatibility", request => request.Namespace, RpcErrors.PermissionDenied, VersionSets);
        Refuse<GetWorkerBuildIdCompatibilityRequest, GetWorkerBuildIdCompatibilityResponse>(
            handlers, "GetWorkerBuildIdCompatibility", request => request.Namespace, RpcErrors.PermissionDenied, VersionSets);
        Refuse<UpdateWorkerVersioningRulesRequest, UpdateWorkerVersioningRulesResponse>(
            handlers, "UpdateWorkerVersioningRules", request => request.Namespace, RpcErrors.PermissionDenied, VersioningRules);
        Refuse<GetWorkerVersioningRulesRequest, GetWorkerVersioningRulesResponse>(
            handlers, "GetWorkerVersioningRules", request => request.Namespace, RpcErrors.PermissionDenied, VersioningRules);
        Refuse<GetWorkerTaskReachabilityRequest, GetWorkerTaskReachabilityResponse>(
            handlers, "GetWorkerTaskReachability", request => request.Namespace, RpcErrors.PermissionDenied, VersioningRules);
    }

    private static void Require(bool good, string problem)
    {
        if (!good)
        {
            throw RpcErrors.InvalidArgument(problem);
        }
    }

    /// <summary>Adds an RPC that is refused, though an unknown namespace comes first.</summary>
    private void Refuse<TRequest, TResponse>(
        RpcHandlers handlers,
        string method,
        Func<TRequest, string> namespaceOf,
        Func<string, RpcException> error,
        string message)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        handlers.Add<TRequest, TResponse>(method, request =>
        {
            engine.Namespaces.Get(namespaceOf(request));
            throw error(message);
        });
}

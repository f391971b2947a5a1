namespace Ecosystem.Temporal.Rpc;

/// <summary>RPCs about runs: starts, signals, queries, updates, histories.</summary>
internal sealed class WorkflowHandlers(Engine engine)
{
    public void AddTo(RpcHandlers handlers)
    {
        handlers.Add<StartWorkflowExecutionRequest, StartWorkflowExecutionResponse>("StartWorkflowExecution", (request, _) =>
        {
            var ns = engine.Namespaces.GetRegistered(request.Namespace);
            StartValidation.Check(ns, request);
            engine.CheckOverride(ns, null, request.VersioningOverride, request.TaskQueue.Name);
            return engine.StartAsync(ns, request);
        });
        handlers.Add<SignalWorkflowExecutionRequest, SignalWorkflowExecutionResponse>("SignalWorkflowExecution", (request, _) =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            RequestValidation.Execution(request.WorkflowExecution);
            CheckSignal(request.SignalName, request.RequestId);
            RequestValidation.Links(request.Links);
            RequestValidation.Size(request.Input);
            return engine.SignalAsync(ns, request);
        });
        handlers.Add<SignalWithStartWorkflowExecutionRequest, SignalWithStartWorkflowExecutionResponse>("SignalWithStartWorkflowExecution", (request, _) =>
        {
            var ns = engine.Namespaces.GetRegistered(request.Namespace);
            StartValidation.CheckWorkflowId(request.WorkflowId);
            CheckSignal(request.SignalName, "");
            StartValidation.CheckType(request.WorkflowType);
            RequestValidation.TaskQueue(request.TaskQueue);
            RequestValidation.RequestId(request.RequestId);
            var start = StartValidation.ToStart(request);
            StartValidation.CheckTimeouts(start);
            if (request.WorkflowIdConflictPolicy == WorkflowIdConflictPolicy.Fail)
            {
                throw RpcErrors.InvalidArgument("Invalid WorkflowIDConflictPolicy: WORKFLOW_ID_CONFLICT_POLICY_FAIL is not supported for this operation.");
            }

            StartValidation.Check(ns, start);
            request.RequestId = start.RequestId;
            RequestValidation.Size(request.SignalInput);
            return engine.SignalWithStartAsync(ns, request, start);
        });
        handlers.Add<RequestCancelWorkflowExecutionRequest, RequestCancelWorkflowExecutionResponse>("RequestCancelWorkflowExecution", async (request, _) =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            RequestValidation.Execution(request.WorkflowExecution);
            RequestValidation.Links(request.Links);
            await engine.CancelAsync(ns, request);
            return new RequestCancelWorkflowExecutionResponse();
        });
        handlers.Add<TerminateWorkflowExecutionRequest, TerminateWorkflowExecutionResponse>("TerminateWorkflowExecution", async (request, _) =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            RequestValidation.Execution(request.WorkflowExecution);
            RequestValidation.Links(request.Links);
            await engine.TerminateAsync(ns, request);
            return new TerminateWorkflowExecutionResponse();
        });
        handlers.Add<DeleteWorkflowExecutionRequest, DeleteWorkflowExecutionResponse>("DeleteWorkflowExecution", async (request, _) =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            RequestValidation.Execution(request.WorkflowExecution);
            await engine.DeleteAsync(ns, request.WorkflowExecution);
            return new DeleteWorkflowExecutionResponse();
        });
        handlers.Add<DescribeWorkflowExecutionRequest, DescribeWorkflowExecutionResponse>("DescribeWorkflowExecution", request =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            RequestValidation.Execution(request.Execution);
            return engine.WithChain(ns, request.Execution.WorkflowId, chain => ExecutionDescription.Describe(engine.Resolve(chain, request.Execution.RunId)).Clone());
        });
        handlers.Add<GetWorkflowExecutionHistoryRequest, GetWorkflowExecutionHistoryResponse>("GetWorkflowExecutionHistory", (request, call) =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            RequestValidation.Execution(request.Execution);
            return HistoryReader.GetAsync(engine, ns, request, FollowsRuns(call), Deadline(call), call.CancellationToken);
        });
        handlers.Add<GetWorkflowExecutionHistoryReverseRequest, GetWorkflowExecutionHistoryReverseResponse>("GetWorkflowExecutionHistoryReverse", request =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            RequestValidation.Execution(request.Execution);
            return HistoryReader.GetReverse(engine, ns, request);
        });
        handlers.Add<QueryWorkflowRequest, QueryWorkflowResponse>("QueryWorkflow", (request, call) =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            RequestValidation.Execution(request.Execution);
            if (request.Query is null)
            {
                throw RpcErrors.InvalidArgument("WorkflowQuery is not set on request.");
            }

            if (request.Query.QueryType.Length == 0)
            {
                throw RpcErrors.InvalidArgument("QueryType is not set on request.");
            }

            RequestValidation.Size(request.Query.QueryArgs);
            return engine.QueryAsync(ns, request, Deadline(call), call.CancellationToken);
        });
        handlers.Add<UpdateWorkflowExecutionRequest, UpdateWorkflowExecutionResponse>("UpdateWorkflowExecution", (request, call) =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            RequestValidation.Execution(request.WorkflowExecution);
            CheckUpdate(request);
            return engine.UpdateAsync(ns, request, Deadline(call), call.CancellationToken);
        });
        handlers.Add<PollWorkflowExecutionUpdateRequest, PollWorkflowExecutionUpdateResponse>("PollWorkflowExecutionUpdate", (request, call) =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            if (request.UpdateRef is null)
            {
                throw RpcErrors.InvalidArgument("UpdateRef is not set on request.");
            }

            var target = request.UpdateRef.WorkflowExecution;
            if (target is null or { WorkflowId.Length: 0 })
            {
                throw RpcErrors.InvalidArgument("Can't load workflow execution.  WorkflowId not set.");
            }

            if (!RequestValidation.IsRunId(target.RunId))
            {
                throw RpcErrors.InvalidArgument("RunID is not valid UUID.");
            }

            return engine.PollUpdateAsync(ns, request, Deadline(call), call.CancellationToken);
        });
        handlers.Add<ExecuteMultiOperationRequest, ExecuteMultiOperationResponse>("ExecuteMultiOperation", (request, call) =>
            MultiOperation.ExecuteAsync(engine, engine.Namespaces.Get(request.Namespace), request, Deadline(call), call.CancellationToken));
        handlers.Add<ResetWorkflowExecutionRequest, ResetWorkflowExecutionResponse>("ResetWorkflowExecution", (request, _) =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            if (request.RequestId.Length == 0)
            {
                throw RpcErrors.InvalidArgument("RequestId is not set on request.");
            }

            RequestValidation.RequestId(request.RequestId);
            RequestValidation.Execution(request.WorkflowExecution);
            if (!Enum.IsDefined(request.ResetReapplyType))
            {
                throw RpcErrors.Internal($"unknown reset reapply type: {request.ResetReapplyType}");
            }

            return engine.ResetAsync(ns, request);
        });
        handlers.Add<UpdateWorkflowExecutionOptionsRequest, UpdateWorkflowExecutionOptionsResponse>("UpdateWorkflowExecutionOptions", (request, _) =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            RequestValidation.WorkflowIdSet(request.WorkflowExecution?.WorkflowId ?? "");
            RequestValidation.RunId(request.WorkflowExecution!.RunId);
            if (request.UpdateMask is null)
            {
                throw RpcErrors.InvalidArgument("UpdateMask is required");
            }

            if (request.WorkflowExecutionOptions is null)
            {
                throw RpcErrors.InvalidArgument("WorkflowExecutionOptions is required");
            }

            if (!Google.Protobuf.WellKnownTypes.FieldMask.IsValid(Temporalio.Api.Workflow.V1.WorkflowExecutionOptions.Descriptor, request.UpdateMask))
            {
                throw RpcErrors.InvalidArgument($"invalid UpdateMask: {string.Join(", ", request.UpdateMask.Paths)}");
            }

            RequestValidation.Priority(request.WorkflowExecutionOptions.Priority);
            StartValidation.CheckOverride(request.WorkflowExecutionOptions.VersioningOverride);
            return engine.UpdateOptionsAsync(ns, request);
        });
        handlers.Add<ResetStickyTaskQueueRequest, ResetStickyTaskQueueResponse>("ResetStickyTaskQueue", request =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            RequestValidation.Execution(request.Execution);
            return engine.WithChain(ns, request.Execution.WorkflowId, chain =>
            {
                var execution = engine.Resolve(chain, request.Execution.RunId);
                if (!execution.State.IsRunning)
                {
                    throw RpcErrors.AlreadyCompleted();
                }

                execution.State.StickyQueue = null;
                return new ResetStickyTaskQueueResponse();
            });
        });
    }

    /// <summary>When the caller gives up, by the clock that never jumps; null if it does not.</summary>
    public static DateTimeOffset? Deadline(ServerCallContext call) =>
        call.Deadline == DateTime.MaxValue ? null : SteadyClock.Instance.GetUtcNow() + (call.Deadline.ToUniversalTime() - DateTime.UtcNow);

    public static void CheckUpdate(UpdateWorkflowExecutionRequest request)
    {
        if (request.Request?.Meta is null)
        {
            throw RpcErrors.InvalidArgument("Update meta is not set on request.");
        }

        if (request.Request.Meta.UpdateId.Length > Limits.IdLength)
        {
            throw RpcErrors.InvalidArgument("UpdateId length exceeds limit.");
        }

        if (request.Request.Input is null)
        {
            throw RpcErrors.InvalidArgument("Update input is not set on request.");
        }

        if (request.Request.Input.Name.Length == 0)
        {
            throw RpcErrors.InvalidArgument("Update name is not set on request.");
        }

        request.WaitPolicy ??= new Temporalio.Api.Update.V1.WaitPolicy();
        if (request.WaitPolicy.LifecycleStage == UpdateWorkflowExecutionLifecycleStage.Admitted)
        {
            throw RpcErrors.PermissionDenied("UpdateWorkflowExecution issued asynchronously and waiting on update admitted is not supported.");
        }

        if (request.Request.Meta.UpdateId.Length == 0)
        {
            request.Request.Meta.UpdateId = Guid.NewGuid().ToString();
        }
    }

    private static void CheckSignal(string name, string requestId)
    {
        if (name.Length == 0)
        {
            throw RpcErrors.InvalidArgument("SignalName is not set on request.");
        }

        if (name.Length > Limits.IdLength)
        {
            throw RpcErrors.InvalidArgument("SignalName length exceeds limit.");
        }

        RequestValidation.RequestId(requestId);
    }

    /// <summary>Whether the client says that it follows the next run's id in a closing event.</summary>
    private static bool FollowsRuns(ServerCallContext call) =>
        call.RequestHeaders.GetValue("supported-features")?.Contains("follows-next-run-id", StringComparison.Ordinal) == true
        || call.RequestHeaders.GetValue("client-name") is { Length: > 0 };
}

namespace Ecosystem.Temporal.Rpc;

/// <summary>Checks of starts, alone or with a signal or an update.</summary>
internal static class StartValidation
{
    private const string OwnCallback = "temporal://system";

    public static void Check(NamespaceRecord ns, StartWorkflowExecutionRequest request)
    {
        CheckWorkflowId(request.WorkflowId);
        if (RetryPolicies.Problem(request.RetryPolicy is null ? null : RetryPolicies.WithDefaults(request.RetryPolicy)) is { } retryProblem)
        {
            throw RpcErrors.InvalidArgument(retryProblem);
        }

        CheckDelay(request);
        if (request.CronSchedule.Length > 0 && CronSchedule.TryParse(request.CronSchedule) is null)
        {
            throw RpcErrors.InvalidArgument("invalid CronSchedule.");
        }

        CheckType(request.WorkflowType);
        RequestValidation.TaskQueue(request.TaskQueue);
        CheckTimeouts(request);
        RequestValidation.RequestId(request.RequestId);

        CheckPolicies(request);
        RequestValidation.Priority(request.Priority);
        if ((SearchAttributePayloads.Validate(request.SearchAttributes, ns) ?? SearchAttributePayloads.SizeProblem(request.SearchAttributes)) is { } problem)
        {
            throw RpcErrors.InvalidArgument(problem);
        }

        CheckCallbacks(request.CompletionCallbacks);
        RequestValidation.Links(request.Links);
        CheckOverride(request.VersioningOverride);
        RequestValidation.Size(request.Input);
        if (request.Memo is { } memo && memo.CalculateSize() > Limits.BlobError)
        {
            throw RpcErrors.InvalidArgument("Memo size exceeds limit.");
        }

        if (request.RequestId.Length == 0)
        {
            request.RequestId = Guid.NewGuid().ToString();
        }
    }

    public static void CheckWorkflowId(string workflowId)
    {
        RequestValidation.WorkflowIdSet(workflowId);
        if (workflowId.Length > Limits.IdLength)
        {
            throw RpcErrors.InvalidArgument($"WorkflowId exceeds maximum allowed length ({workflowId.Length}/{Limits.IdLength})");
        }
    }

    public static void CheckType(WorkflowType? type)
    {
        if (type is null or { Name.Length: 0 })
        {
            throw RpcErrors.InvalidArgument("WorkflowType is not set on request.");
        }

        if (type.Name.Length > Limits.IdLength)
        {
            throw RpcErrors.InvalidArgument("WorkflowType length exceeds limit.");
        }
    }

    public static void CheckTimeouts(StartWorkflowExecutionRequest request)
    {
        RequestValidation.NotNegative(request.WorkflowExecutionTimeout, "WorkflowExecutionTimeout");
        RequestValidation.NotNegative(request.WorkflowRunTimeout, "WorkflowRunTimeout");
        RequestValidation.NotNegative(request.WorkflowTaskTimeout, "WorkflowTaskTimeout");
    }

    /// <summary>A start as a signal-with-start contains it.</summary>
    public static StartWorkflowExecutionRequest ToStart(SignalWithStartWorkflowExecutionRequest request)
    {
        var start = new StartWorkflowExecutionRequest
        {
            Namespace = request.Namespace,
            WorkflowId = request.WorkflowId,
            WorkflowType = request.WorkflowType,
            TaskQueue = request.TaskQueue,
            Input = request.Input,
            WorkflowExecutionTimeout = request.WorkflowExecutionTimeout,
            WorkflowRunTimeout = request.WorkflowRunTimeout,
            WorkflowTaskTimeout = request.WorkflowTaskTimeout,
            Identity = request.Identity,
            RequestId = request.RequestId,
            WorkflowIdReusePolicy = request.WorkflowIdReusePolicy,
            WorkflowIdConflictPolicy = request.WorkflowIdConflictPolicy,
            RetryPolicy = request.RetryPolicy,
            CronSchedule = request.CronSchedule,
            Memo = request.Memo,
            SearchAttributes = request.SearchAttributes,
            Header = request.Header,
            WorkflowStartDelay = request.WorkflowStartDelay,
            UserMetadata = request.UserMetadata,
            VersioningOverride = request.VersioningOverride,
            Priority = request.Priority,
        };
        start.Links.AddRange(request.Links);
        return start;
    }

    public static void CheckOverride(Temporalio.Api.Workflow.V1.VersioningOverride? versioning)
    {
        if (versioning?.Pinned is { Behavior: Temporalio.Api.Workflow.V1.VersioningOverride.Types.PinnedOverrideBehavior.Unspecified })
        {
            throw RpcErrors.InvalidArgument("must specify pinned override behavior if override is pinned.");
        }
    }

    /// <summary>Whom to call at the end: as on a server that was told of no address it may call, nobody but itself.</summary>
    private static void CheckCallbacks(Google.Protobuf.Collections.RepeatedField<Callback> callbacks)
    {
        if (callbacks.Count > Limits.Callbacks)
        {
            throw RpcErrors.InvalidArgument($"cannot attach more than {Limits.Callbacks} callbacks to a workflow");
        }

        foreach (var callback in callbacks)
        {
            switch (callback)
            {
                case { Internal: not null }:
                case { Nexus.Url: OwnCallback }:
                    break;
                case { Nexus: { } nexus }:
                    throw RpcErrors.InvalidArgument(UrlProblem(nexus.Url));
                default:
                    throw RpcErrors.Unimplemented($"unknown callback variant: {callback.VariantCase}");
            }
        }
    }

    private static string UrlProblem(string url)
    {
        if (url.Length > Limits.CallbackUrl)
        {
            return $"invalid url: url length longer than max length allowed of {Limits.CallbackUrl}";
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || (parsed.Scheme != Uri.UriSchemeHttp && parsed.Scheme != Uri.UriSchemeHttps))
        {
            return $"invalid url: unknown scheme: {url}";
        }

        return parsed.Host.Length == 0 ? "invalid url: missing host" : $"invalid url: url does not match any configured callback address: {url}";
    }

    private static void CheckDelay(StartWorkflowExecutionRequest request)
    {
        if (request.WorkflowStartDelay is not { } delay)
        {
            return;
        }

        if (delay.Seconds < 0 || delay.Nanos < 0)
        {
            throw RpcErrors.InvalidArgument("An invalid WorkflowStartDelay is set on request: negative duration");
        }

        if (request.CronSchedule.Length > 0)
        {
            throw RpcErrors.InvalidArgument("CronSchedule and WorkflowStartDelay may not be used together.");
        }
    }

    private static void CheckPolicies(StartWorkflowExecutionRequest request)
    {
        if (request.WorkflowIdReusePolicy == WorkflowIdReusePolicy.TerminateIfRunning
            && request.WorkflowIdConflictPolicy != WorkflowIdConflictPolicy.Unspecified)
        {
            throw RpcErrors.InvalidArgument(
                "Invalid WorkflowIDReusePolicy: WORKFLOW_ID_REUSE_POLICY_TERMINATE_IF_RUNNING cannot be used together with a WorkflowIDConflictPolicy");
        }

        if (request.WorkflowIdReusePolicy == WorkflowIdReusePolicy.RejectDuplicate
            && request.WorkflowIdConflictPolicy == WorkflowIdConflictPolicy.TerminateExisting)
        {
            throw RpcErrors.InvalidArgument(
                "Invalid WorkflowIDReusePolicy: WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE cannot be used together with WorkflowIdConflictPolicy WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING");
        }

        if (request.OnConflictOptions is { AttachCompletionCallbacks: true, AttachRequestId: false })
        {
            throw RpcErrors.InvalidArgument("attaching request ID is required for attaching completion callbacks");
        }
    }
}

using ActivityOptions = Temporalio.Api.Activity.V1.ActivityOptions;

namespace Ecosystem.Temporal.Activities;

/// <summary>Checks of requests about standalone activities.</summary>
internal static class StandaloneActivityValidation
{
    /// <summary>Checks a start and completes it with defaults.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT.</exception>
    public static StartActivityExecutionRequest Complete(NamespaceRecord ns, StartActivityExecutionRequest given)
    {
        var request = given.Clone();
        if (request.RequestId.Length == 0)
        {
            request.RequestId = Guid.NewGuid().ToString();
        }

        Require(request.StartDelay is not ({ Seconds: < 0 } or { Nanos: < 0 }), "invalid StartDelay: negative duration");
        RequestValidation.TaskQueue(request.TaskQueue);
        request.TaskQueue.Kind = TaskQueueKind.Normal;
        var (id, type) = (request.ActivityId, request.ActivityType?.Name ?? "");
        Require(id.Length > 0, "activityId is not set");
        Require(type.Length > 0, "activityType is not set");
        request.RetryPolicy = RetryPolicies.WithDefaults(request.RetryPolicy);
        var problem = RetryPolicies.Problem(request.RetryPolicy);
        Require(problem is null, problem ?? "");
        Require(id.Length <= Limits.IdLength, $"activityId exceeds length limit. Length={id.Length} Limit={Limits.IdLength}");
        Require(type.Length <= Limits.IdLength, $"activityType exceeds length limit. Length={type.Length} Limit={Limits.IdLength}");
        var priority = RequestValidation.PriorityProblem(request.Priority);
        Require(priority is null, $"invalid priorities: {priority}");
        Normalize(request);
        Length("request ID", request.RequestId);
        Length("identity", request.Identity);
        Require(request.Input is null || request.Input.CalculateSize() <= Limits.BlobError, "input exceeds length limit");
        CheckConflicts(request);
        var attributes = SearchAttributePayloads.Validate(request.SearchAttributes, ns) ?? SearchAttributePayloads.SizeProblem(request.SearchAttributes);
        Require(attributes is null, attributes ?? "");
        return request;
    }

    /// <summary>Checks the id and run id of a request about an activity.</summary>
    public static void Target(string activityId, string runId)
    {
        Require(activityId.Length > 0, "activity ID is required");
        Length("activity ID", activityId);
        Require(RequestValidation.IsRunId(runId), "invalid run id: must be a valid UUID");
    }

    /// <summary>Checks who asks and with what request, and what for.</summary>
    public static void Caller(string requestId, string identity, string reason)
    {
        Length("request ID", requestId);
        Length("identity", identity);
        Require(System.Text.Encoding.UTF8.GetByteCount(reason) <= Limits.BlobError, "reason exceeds length limit");
    }

    private static void CheckConflicts(StartActivityExecutionRequest request)
    {
        if (request.OnConflictOptions is not { } options)
        {
            return;
        }

        Require(
            !options.AttachCompletionCallbacks || options.AttachRequestId,
            "on_conflict_options: attach_completion_callbacks requires attach_request_id to be set");
        Require(
            !options.AttachRequestId || request.CompletionCallbacks.Count > 0 || request.Links.Count > 0,
            "on_conflict_options: attach_request_id requires at least one completion callback or link");
    }

    private static void Normalize(StartActivityExecutionRequest request)
    {
        var options = new ActivityOptions
        {
            ScheduleToCloseTimeout = request.ScheduleToCloseTimeout,
            ScheduleToStartTimeout = request.ScheduleToStartTimeout,
            StartToCloseTimeout = request.StartToCloseTimeout,
            HeartbeatTimeout = request.HeartbeatTimeout,
        };
        ActivityOptionsUpdate.Normalize(options, request.ActivityId, request.ActivityType.Name);
        request.ScheduleToCloseTimeout = options.ScheduleToCloseTimeout;
        request.ScheduleToStartTimeout = options.ScheduleToStartTimeout;
        request.StartToCloseTimeout = options.StartToCloseTimeout;
        request.HeartbeatTimeout = options.HeartbeatTimeout;
    }

    private static void Length(string what, string value) => Require(
        value.Length <= Limits.IdLength,
        $"{what} exceeds length limit. Length={value.Length} Limit={Limits.IdLength}");

    private static void Require(bool good, string problem)
    {
        if (!good)
        {
            throw RpcErrors.InvalidArgument(problem);
        }
    }
}

namespace Ecosystem.Temporal.Rpc;

/// <summary>Checks of requests' fields, with the messages that clients know.</summary>
internal static class RequestValidation
{
    /// <summary>What a caller is told whose payload is too large to be stored.</summary>
    public const string TooLarge = "Blob data size exceeds limit.";

    private const string ReservedPrefix = "/_sys/";
    private const int FairnessKeyLength = 64;
    private const int MaximumLinks = 10;
    private const int MaximumLinkSize = 4000;

    public static void Execution(WorkflowExecution? execution)
    {
        if (execution is null)
        {
            throw RpcErrors.InvalidArgument("Execution is not set on request.");
        }

        WorkflowIdSet(execution.WorkflowId);
        RunId(execution.RunId);
    }

    public static void WorkflowIdSet(string workflowId)
    {
        if (workflowId.Length == 0)
        {
            throw RpcErrors.InvalidArgument("WorkflowId is not set on request.");
        }
    }

    public static void RunId(string runId)
    {
        if (!IsRunId(runId))
        {
            throw RpcErrors.InvalidArgument("Invalid RunId.");
        }
    }

    /// <summary>Whether a text is empty or a UUID.</summary>
    public static bool IsRunId(string runId) => runId.Length == 0 || Guid.TryParse(runId, out _);

    public static void RequestId(string requestId)
    {
        if (requestId.Length > Limits.IdLength)
        {
            throw RpcErrors.InvalidArgument("RequestId length exceeds limit.");
        }
    }

    public static void Priority(Priority? priority)
    {
        if (PriorityProblem(priority) is { } problem)
        {
            throw RpcErrors.InvalidArgument(problem);
        }
    }

    /// <summary>What is wrong with a priority, or null.</summary>
    public static string? PriorityProblem(Priority? priority)
    {
        if (priority is null)
        {
            return null;
        }

        if (priority.PriorityKey < 0)
        {
            return "priority key can't be negative";
        }

        if (System.Text.Encoding.UTF8.GetByteCount(priority.FairnessKey) > FairnessKeyLength)
        {
            return "fairness key length exceeds limit";
        }

        return priority.FairnessWeight < 0 ? "fairness weight can't be negative" : null;
    }

    public static void TaskQueue(TaskQueue? queue)
    {
        if (queue is null)
        {
            throw RpcErrors.InvalidArgument("taskQueue is not set");
        }

        if (TaskQueueProblem(queue, "") is { } problem)
        {
            throw RpcErrors.InvalidArgument(problem);
        }
    }

    /// <summary>What is wrong with a queue, or null; a missing name is good where there is a default.</summary>
    public static string? TaskQueueProblem(TaskQueue? queue, string defaultName)
    {
        var name = queue?.Name ?? "";
        if (name.Length == 0)
        {
            return defaultName.Length > 0 ? null : "missing task queue name";
        }

        if (name.Length > Limits.IdLength)
        {
            return "taskQueue length exceeds limit";
        }

        return name.StartsWith(ReservedPrefix, StringComparison.Ordinal) ? $"task queue name cannot start with reserved prefix {ReservedPrefix}" : null;
    }

    /// <summary>A duration that must not be negative.</summary>
    public static void NotNegative(Duration? duration, string field)
    {
        if (duration is { Seconds: < 0 } or { Nanos: < 0 })
        {
            throw RpcErrors.InvalidArgument($"Invalid {field}: negative duration");
        }
    }

    public static void Identity(string identity)
    {
        if (identity.Length > Limits.IdLength)
        {
            throw RpcErrors.InvalidArgument("Identity length exceeds limit.");
        }
    }

    /// <summary>Links to what caused a request: how many, how large, and that each names what it leads to.</summary>
    public static void Links(IReadOnlyCollection<Link> links)
    {
        if (links.Count > MaximumLinks)
        {
            throw RpcErrors.InvalidArgument($"cannot attach more than {MaximumLinks} links per request, got {links.Count}");
        }

        foreach (var link in links)
        {
            if (link.CalculateSize() > MaximumLinkSize)
            {
                throw RpcErrors.InvalidArgument($"link exceeds allowed size of {MaximumLinkSize}, got {link.CalculateSize()}");
            }

            if (LinkProblem(link) is { } problem)
            {
                throw RpcErrors.InvalidArgument(problem);
            }
        }
    }

    private static string? LinkProblem(Link link) => link switch
    {
        { WorkflowEvent.Namespace.Length: 0 } => "workflow event link must not have an empty namespace field",
        { WorkflowEvent.WorkflowId.Length: 0 } => "workflow event link must not have an empty workflow ID field",
        { WorkflowEvent.RunId.Length: 0 } => "workflow event link must not have an empty run ID field",
        { WorkflowEvent.EventRef: { EventType: EventType.Unspecified, EventId: not 0 } } =>
            "workflow event link ref cannot have an unspecified event type and a non-zero event ID",
        { WorkflowEvent: not null } => null,
        { BatchJob.JobId.Length: 0 } => "batch job link must not have an empty job ID",
        { BatchJob: not null } => null,
        { NexusOperation.Namespace.Length: 0 } => "nexus operation link must not have an empty namespace field",
        { NexusOperation.OperationId.Length: 0 } => "nexus operation link must not have an empty operation ID field",
        { NexusOperation.RunId.Length: 0 } => "nexus operation link must not have an empty run ID field",
        { NexusOperation: not null } => null,
        { Activity.Namespace.Length: 0 } => "activity link must not have an empty namespace field",
        { Activity.ActivityId.Length: 0 } => "activity link must not have an empty activity ID field",
        { Activity.RunId.Length: 0 } => "activity link must not have an empty run ID field",
        { Activity: not null } => null,
        _ => "unsupported link variant",
    };

    /// <summary>Payloads that are too large to be stored.</summary>
    public static void Size(params ReadOnlySpan<IMessage?> messages)
    {
        foreach (var message in messages)
        {
            if (message is not null && message.CalculateSize() > Limits.BlobError)
            {
                throw RpcErrors.InvalidArgument(TooLarge);
            }
        }
    }
}

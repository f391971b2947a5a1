using System.Text.RegularExpressions;

namespace Ecosystem.Temporal.Matching;

/// <summary>RPCs that describe task queues and set them up.</summary>
internal sealed partial class TaskQueueHandlers(Engine engine, TaskQueueSettings settings, DeploymentRegistry deployments)
{
    private const int Partitions = 4;
    private const int MaximumReason = 1000;
    private const int MaximumWeights = 1000;
    private const float SystemRate = 4000;
    private const double UnlimitedRate = 100_000;
    private const int DefaultPriority = 3;

    public void AddTo(RpcHandlers handlers)
    {
        handlers.Add<DescribeTaskQueueRequest, DescribeTaskQueueResponse>("DescribeTaskQueue", Describe);
        handlers.Add<UpdateTaskQueueConfigRequest, UpdateTaskQueueConfigResponse>("UpdateTaskQueueConfig", async (request, _) =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            Check(request);
            var key = new TaskQueueKey(ns, request.TaskQueue, request.TaskQueueType);
            return new UpdateTaskQueueConfigResponse { Config = await settings.UpdateAsync(key, request, engine.Now) };
        });
        handlers.Add<ListTaskQueuePartitionsRequest, ListTaskQueuePartitionsResponse>("ListTaskQueuePartitions", (request, call) =>
        {
            engine.Namespaces.Get(request.Namespace);
            RequestValidation.TaskQueue(request.TaskQueue);
            var response = new ListTaskQueuePartitionsResponse();
            for (var i = 0; i < Partitions; i++)
            {
                var partition = new TaskQueuePartitionMetadata
                {
                    Key = i == 0 ? request.TaskQueue.Name : $"/_sys/{request.TaskQueue.Name}/{i}",
                    OwnerHostName = call.Host,
                };
                response.ActivityTaskQueuePartitions.Add(partition);
                response.WorkflowTaskQueuePartitions.Add(partition.Clone());
            }

            return Task.FromResult(response);
        });
    }

    /// <summary>Statistics as clients see them.</summary>
    public static TaskQueueStats Stats(IEnumerable<KeyValuePair<int, (int Count, DateTimeOffset? Oldest)>> parts, QueueStatistics whole, DateTimeOffset now)
    {
        var waiting = parts.ToList();
        var oldest = waiting.Where(part => part.Value.Count > 0).Min(part => part.Value.Oldest);
        return new TaskQueueStats
        {
            ApproximateBacklogCount = waiting.Sum(part => part.Value.Count),
            ApproximateBacklogAge = Duration.FromTimeSpan(oldest is { } time && time < now ? now - time : TimeSpan.Zero),
            TasksAddRate = whole.AddRate,
            TasksDispatchRate = whole.DispatchRate,
        };
    }

    private DescribeTaskQueueResponse Describe(DescribeTaskQueueRequest request)
    {
        var ns = engine.Namespaces.Get(request.Namespace);
        var name = QueueName(request.TaskQueue, request.ApiMode == DescribeTaskQueueMode.Enhanced);
        var type = request.TaskQueueType == TaskQueueType.Unspecified || request.ApiMode == DescribeTaskQueueMode.Enhanced
            ? TaskQueueType.Workflow
            : request.TaskQueueType;
        if (request.ApiMode == DescribeTaskQueueMode.Enhanced)
        {
            return Enhanced(ns, request, name);
        }

        var key = new TaskQueueKey(ns, name, type);
        var queue = engine.Queues.Find(ns, name, type);
        var config = settings.Find(key);
        var response = new DescribeTaskQueueResponse { EffectiveRateLimit = Rate(config, queue) };
        if (request.TaskQueue.Kind != TaskQueueKind.Sticky)
        {
            response.VersioningInfo = deployments.VersioningInfo(ns, name, type);
        }

        response.Pollers.AddRange(Pollers(queue));
        response.Config = request.ReportConfig ? config : null;
        if (request.ReportStats)
        {
            AddStats(response, queue?.Statistics() ?? Nothing);
        }

        if (request.IncludeTaskQueueStatus)
        {
            response.TaskQueueStatus = new TaskQueueStatus
            {
                BacklogCountHint = queue?.Statistics().ByPriority.Values.Sum(part => part.Count) ?? 0,
                RatePerSecond = UnlimitedRate,
                TaskIdBlock = new TaskIdBlock { StartId = 1, EndId = 100_000 },
            };
        }

        return response;
    }

    /// <summary>The older form of a description, by build ids and for both types of tasks; here all workers count as without a build id.</summary>
    private DescribeTaskQueueResponse Enhanced(NamespaceRecord ns, DescribeTaskQueueRequest request, string name)
    {
        if (request.TaskQueue.Kind == TaskQueueKind.Sticky)
        {
            throw RpcErrors.InvalidArgument(
                "Enhanced DescribeTaskQueue is not valid for a sticky queue, use api_mode=UNSPECIFIED or a normal queue.");
        }

        var version = new TaskQueueVersionInfo();
        IEnumerable<TaskQueueType> types = request.TaskQueueTypes.Count == 0 ? [TaskQueueType.Workflow, TaskQueueType.Activity] : request.TaskQueueTypes;
        foreach (var type in types)
        {
            var queue = engine.Queues.Find(ns, name, type);
            var info = new TaskQueueTypeInfo();
            if (request.ReportPollers)
            {
                info.Pollers.AddRange(Pollers(queue));
            }

            if (request.ReportStats)
            {
                var statistics = queue?.Statistics() ?? Nothing;
                info.Stats = Stats(statistics.ByPriority, statistics, engine.Now);
            }

            version.TypesInfo[(int)type] = info;
        }

        if (request.ReportTaskReachability)
        {
            version.TaskReachability = BuildIdTaskReachability.Reachable;
        }

#pragma warning disable CS0612 // Clients that ask this way read the answer there.
        return new DescribeTaskQueueResponse { VersionsInfo = { [""] = version } };
#pragma warning restore CS0612
    }

    private static QueueStatistics Nothing { get; } = new(new Dictionary<int, (int, DateTimeOffset?)>(), new RateMeter().Rate, new RateMeter().Rate);

    private void AddStats(DescribeTaskQueueResponse response, QueueStatistics statistics)
    {
        response.Stats = Stats(statistics.ByPriority, statistics, engine.Now);
        foreach (var part in statistics.ByPriority.DefaultIfEmpty(KeyValuePair.Create<int, (int, DateTimeOffset?)>(DefaultPriority, (0, null))))
        {
            response.StatsByPriorityKey[part.Key] = Stats([part], statistics, engine.Now);
        }
    }

    private static DescribeTaskQueueResponse.Types.EffectiveRateLimit Rate(TaskQueueConfig? config, MatchQueue? queue)
    {
        if (config?.QueueRateLimit?.RateLimit is { } configured)
        {
            return new DescribeTaskQueueResponse.Types.EffectiveRateLimit
            {
                RequestsPerSecond = configured.RequestsPerSecond,
                RateLimitSource = RateLimitSource.Api,
            };
        }

        return queue?.WorkerRate is { } asked
            ? new DescribeTaskQueueResponse.Types.EffectiveRateLimit { RequestsPerSecond = (float)asked, RateLimitSource = RateLimitSource.Worker }
            : new DescribeTaskQueueResponse.Types.EffectiveRateLimit { RequestsPerSecond = SystemRate, RateLimitSource = RateLimitSource.System };
    }

    private static IEnumerable<PollerInfo> Pollers(MatchQueue? queue) =>
        (queue?.RecentPollers ?? []).OrderByDescending(poller => poller.LastAccess).Select(poller => new PollerInfo
        {
            LastAccessTime = Timestamp.FromDateTimeOffset(poller.LastAccess),
            Identity = poller.Identity.Identity,
            RatePerSecond = poller.Identity.MaxTasksPerSecond ?? UnlimitedRate,
            WorkerVersionCapabilities = poller.Identity.Capabilities,
            DeploymentOptions = poller.Identity.Deployment,
        });

    /// <summary>The name of the queue that a request means; it may name one of its partitions.</summary>
    private static string QueueName(TaskQueue? queue, bool wholeOnly)
    {
        if (queue is not { Name.Length: > 0 and <= Limits.IdLength } named || !named.Name.StartsWith("/_sys/", StringComparison.Ordinal) || wholeOnly)
        {
            RequestValidation.TaskQueue(queue);
            return queue!.Name;
        }

        var partition = Partition().Match(named.Name);
        return partition.Success
            ? partition.Groups["name"].Value
            : throw RpcErrors.InvalidArgument($"invalid task queue partition name {named.Name}");
    }

    private static void Check(UpdateTaskQueueConfigRequest request)
    {
        var isWorkflow = request.TaskQueueType == TaskQueueType.Workflow;
        Require(
            request.UpdateQueueRateLimit?.RateLimit is null || !isWorkflow,
            "Setting rate limit on workflow task queues is not allowed.");
        CheckRate(request.UpdateQueueRateLimit, "UpdateQueueRateLimit");
        Require(
            request.UpdateFairnessKeyRateLimitDefault?.RateLimit is null || !isWorkflow,
            "Setting fairness key rate limit on workflow task queues is not allowed.");
        CheckRate(request.UpdateFairnessKeyRateLimitDefault, "UpdateFairnessKeyRateLimitDefault");
        Require(request.Identity.Length <= Limits.IdLength, $"Identity field too long (max {Limits.IdLength} characters).");
        var (set, unset) = (request.SetFairnessWeightOverrides, request.UnsetFairnessWeightOverrides);
        Require(
            set.Count + unset.Count <= MaximumWeights,
            $"too many fairness weight overrides in request: got {set.Count + unset.Count}, maximum {MaximumWeights}");
        foreach (var key in set.Keys.Concat(unset))
        {
            Require(key.Length > 0, "fairness weight override key must not be empty");
            RequestValidation.Priority(new Priority { FairnessKey = key });
        }

        foreach (var (key, weight) in set)
        {
            Require(weight >= 0, $"invalid fairness weight weight for key \"{key}\": fairness weight must be non-negative");
            Require(!unset.Contains(key), $"fairness weight override key \"{key}\" present in both set and unset lists");
        }

        RequestValidation.TaskQueue(new TaskQueue { Name = request.TaskQueue });
    }

    private static void CheckRate(UpdateTaskQueueConfigRequest.Types.RateLimitUpdate? update, string name)
    {
        if (update?.RateLimit is not { } limit)
        {
            return;
        }

        Require(limit.RequestsPerSecond >= 0, $"RequestsPerSecond for {name} rate limit must be non-negative.");
        Require(update.Reason.Length <= MaximumReason, $"{name}.Reason field too long (max {MaximumReason} characters).");
    }

    private static void Require(bool good, string problem)
    {
        if (!good)
        {
            throw RpcErrors.InvalidArgument(problem);
        }
    }

    [GeneratedRegex(@"\A/_sys/(?<name>.+)/\d+\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Partition();
}

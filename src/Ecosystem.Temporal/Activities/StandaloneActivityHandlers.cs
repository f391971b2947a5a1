using Ecosystem.Temporal.Visibility.Filters;
using Temporalio.Api.Activity.V1;

namespace Ecosystem.Temporal.Activities;

/// <summary>RPCs about activities without a workflow.</summary>
internal sealed class StandaloneActivityHandlers(Engine engine, StandaloneActivityService activities)
{
    private const int MaximumPage = 1000;
    private static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongPollRest = TimeSpan.FromSeconds(1);

    /// <summary>What filters call the columns that activities and workflows share.</summary>
    public static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal) { ["ActivityType"] = "WorkflowType", ["ActivityId"] = "WorkflowId" };

    public void AddTo(RpcHandlers handlers)
    {
        handlers.Add<StartActivityExecutionRequest, StartActivityExecutionResponse>("StartActivityExecution", async (request, _) =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            var (activity, started) = await activities.StartAsync(ns, StandaloneActivityValidation.Complete(ns, request));
            return new StartActivityExecutionResponse
            {
                RunId = activity.RunId,
                Started = started,
                Link = new Link { Activity = new Link.Types.Activity { Namespace = ns.Name, ActivityId = activity.Id, RunId = activity.RunId } },
            };
        });
        handlers.Add<DescribeActivityExecutionRequest, DescribeActivityExecutionResponse>("DescribeActivityExecution", DescribeAsync);
        handlers.Add<PollActivityExecutionRequest, PollActivityExecutionResponse>("PollActivityExecution", PollAsync);
        handlers.Add<RequestCancelActivityExecutionRequest, RequestCancelActivityExecutionResponse>("RequestCancelActivityExecution", async (request, _) =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            StandaloneActivityValidation.Target(request.ActivityId, request.RunId);
            StandaloneActivityValidation.Caller(request.RequestId, request.Identity, request.Reason);
            await activities.ChangeAsync(
                ns, request.ActivityId, request.RunId, activity => StandaloneActivityMachine.RequestCancel(activity, request, engine.Now));
            return new RequestCancelActivityExecutionResponse();
        });
        handlers.Add<TerminateActivityExecutionRequest, TerminateActivityExecutionResponse>("TerminateActivityExecution", async (request, _) =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            StandaloneActivityValidation.Target(request.ActivityId, request.RunId);
            StandaloneActivityValidation.Caller(request.RequestId, request.Identity, request.Reason);
            await activities.ChangeAsync(
                ns,
                request.ActivityId,
                request.RunId,
                activity => StandaloneActivityMachine.Terminate(activity, request.Reason, request.Identity, request.RequestId, engine.Now));
            return new TerminateActivityExecutionResponse();
        });
        handlers.Add<DeleteActivityExecutionRequest, DeleteActivityExecutionResponse>("DeleteActivityExecution", async (request, _) =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            StandaloneActivityValidation.Target(request.ActivityId, request.RunId);
            await activities.DeleteAsync(ns, request.ActivityId, request.RunId);
            return new DeleteActivityExecutionResponse();
        });
        handlers.Add<ListActivityExecutionsRequest, ListActivityExecutionsResponse>("ListActivityExecutions", List);
        handlers.Add<CountActivityExecutionsRequest, CountActivityExecutionsResponse>("CountActivityExecutions", Count);
        new StandaloneActivityOperationHandlers(engine, activities).AddTo(handlers);
    }

    private async Task<DescribeActivityExecutionResponse> DescribeAsync(DescribeActivityExecutionRequest request, ServerCallContext call)
    {
        var ns = engine.Namespaces.Get(request.Namespace);
        StandaloneActivityValidation.Target(request.ActivityId, request.RunId);
        if (request.LongPollToken.IsEmpty)
        {
            return activities.Read(ns, request.ActivityId, request.RunId, activity => Describe(activity, request));
        }

        if (request.RunId.Length == 0)
        {
            throw RpcErrors.InvalidArgument("run id is required when long poll token is provided");
        }

        var (runId, seen) = ReadToken(request.LongPollToken);
        if (runId != request.RunId)
        {
            throw RpcErrors.InvalidArgument("long poll token does not match execution");
        }

        return await WaitAsync(
            ns,
            request.ActivityId,
            request.RunId,
            activity => activity.Info.StateTransitionCount != seen ? Describe(activity, request) : null,
            call) ?? new DescribeActivityExecutionResponse();
    }

    private async Task<PollActivityExecutionResponse> PollAsync(PollActivityExecutionRequest request, ServerCallContext call)
    {
        var ns = engine.Namespaces.Get(request.Namespace);
        StandaloneActivityValidation.Target(request.ActivityId, request.RunId);
        return await WaitAsync(
            ns,
            request.ActivityId,
            request.RunId,
            activity => activity.IsRunning ? null : new PollActivityExecutionResponse { RunId = activity.RunId, Outcome = activity.Outcome!.Clone() },
            call) ?? new PollActivityExecutionResponse();
    }

    /// <summary>Looks at an activity until there is an answer; null if the caller is about to give up.</summary>
    private async Task<T?> WaitAsync<T>(NamespaceRecord ns, string id, string runId, Func<StandaloneActivity, T?> answer, ServerCallContext call)
        where T : class
    {
        var until = engine.RealNow + LongPoll;
        if (WorkflowHandlers.Deadline(call) is { } deadline && deadline - LongPollRest < until)
        {
            until = deadline - LongPollRest;
        }

        while (true)
        {
            var (found, changed) = activities.Read(ns, id, runId, activity =>
            {
                runId = activity.RunId;
                return (answer(activity), activity.Changed.Task);
            });
            if (found is not null)
            {
                return found;
            }

            try
            {
                var wait = until - engine.RealNow;
                await changed.WaitAsync(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, call.CancellationToken);
            }
            catch (TimeoutException)
            {
                return null;
            }
        }
    }

    private DescribeActivityExecutionResponse Describe(StandaloneActivity activity, DescribeActivityExecutionRequest request)
    {
        var info = activity.Info.Clone();
        info.StateSizeBytes = info.CalculateSize();
        info.HeartbeatDetails = request.IncludeHeartbeatDetails ? info.HeartbeatDetails : null;
        info.LastFailure = request.IncludeLastFailure ? info.LastFailure : null;
        info.ExpirationTime = activity.Expiration is { } expiration ? Timestamp.FromDateTimeOffset(expiration) : null;
        info.ExecutionDuration = Duration.FromTimeSpan((info.CloseTime?.ToDateTimeOffset() ?? engine.Now) - info.ExecutionTime.ToDateTimeOffset());
        return new DescribeActivityExecutionResponse
        {
            RunId = activity.RunId,
            Info = info,
            Input = request.IncludeInput ? activity.Request.Input : null,
            Outcome = request.IncludeOutcome ? activity.Outcome : null,
            LongPollToken = Token(activity),
        };
    }

    private static ByteString Token(StandaloneActivity activity) =>
        ByteString.CopyFromUtf8($"{activity.RunId} {activity.Info.StateTransitionCount}");

    private static (string RunId, long Seen) ReadToken(ByteString token)
    {
        var parts = token.ToStringUtf8().Split(' ');
        return parts.Length == 2 && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var seen)
            ? (parts[0], seen)
            : throw RpcErrors.InvalidArgument("invalid long poll token");
    }

    private ListActivityExecutionsResponse List(ListActivityExecutionsRequest request)
    {
        var ns = engine.Namespaces.Get(request.Namespace);
        var query = Bind(ns, request.Query);
        var size = request.PageSize is > 0 and <= MaximumPage ? request.PageSize : MaximumPage;
        var page = engine.Store.Visibility.List(ns.Name, query, size, VisibilityHandlers.ReadToken(request.NextPageToken));
        var response = new ListActivityExecutionsResponse();
        response.Executions.AddRange(page.Select(record => Show(ns, record)));
        if (page.Count == size)
        {
            response.NextPageToken = ByteString.CopyFrom(VisibilityTable.TokenAfter(page[^1]).Encode());
        }

        return response;
    }

    private CountActivityExecutionsResponse Count(CountActivityExecutionsRequest request)
    {
        var ns = engine.Namespaces.Get(request.Namespace);
        var query = Bind(ns, request.Query);
        if (!query.GroupsByStatus)
        {
            return new CountActivityExecutionsResponse { Count = engine.Store.Visibility.Count(ns.Name, query) };
        }

        var response = new CountActivityExecutionsResponse();
        foreach (var (status, count) in engine.Store.Visibility.CountByStatus(ns.Name, query))
        {
            response.Count += count;
            response.Groups.Add(new CountActivityExecutionsResponse.Types.AggregationGroup
            {
                GroupValues = { SearchAttributePayloads.Encode(status.ToString(), IndexedValueType.Keyword) },
                Count = count,
            });
        }

        return response;
    }

    private static ActivityExecutionListInfo Show(NamespaceRecord ns, VisibilityRecord record)
    {
        var info = new ActivityExecutionListInfo
        {
            ActivityId = record.WorkflowId,
            RunId = record.RunId,
            ActivityType = new ActivityType { Name = record.WorkflowType },
            ScheduleTime = Timestamp.FromDateTimeOffset(record.StartTime),
            ExecutionTime = Timestamp.FromDateTimeOffset(record.ExecutionTime),
            Status = Enum.Parse<ActivityExecutionStatus>(record.Status.ToString()),
            TaskQueue = record.TaskQueue,
            StateTransitionCount = record.StateTransitionCount,
            StateSizeBytes = record.HistorySizeBytes,
            SearchAttributes = SearchAttributePayloads.Normalize(record.SearchAttributes ?? new SearchAttributes(), ns.SearchAttributes),
        };
        info.SearchAttributes.IndexedFields.Remove("TemporalNamespaceDivision");
        if (record.CloseTime is { } closed)
        {
            info.CloseTime = Timestamp.FromDateTimeOffset(closed);
            info.ExecutionDuration = Duration.FromTimeSpan(closed - record.ExecutionTime);
        }

        return info;
    }

    private static VisibilityQuery Bind(NamespaceRecord ns, string query)
    {
        try
        {
            return FilterBinder.Bind(query, ns.SearchAttributes, StandaloneActivityService.Division, Names);
        }
        catch (VisibilityQueryException e)
        {
            throw RpcErrors.InvalidArgument(e.Message);
        }
    }
}

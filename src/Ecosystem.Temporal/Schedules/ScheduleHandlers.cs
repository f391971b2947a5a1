using System.Buffers.Binary;
using Ecosystem.Temporal.Schedules.Specs;
using Ecosystem.Temporal.Visibility.Filters;
using Temporalio.Api.Schedule.V1;

namespace Ecosystem.Temporal.Schedules;

/// <summary>RPCs about schedules.</summary>
internal sealed class ScheduleHandlers(Engine engine, ScheduleService schedules)
{
    private const int MaximumPage = 1000;
    private const int MaximumNotes = 1000;
    private const int ListedTimes = 5;
    private const int ListedActions = 5;

    /// <summary>What a schedule puts behind the workflow id that it is given: the time. Both together must not be too long.</summary>
    private const string LongestSuffix = "-2009-11-10T23:00:00Z";

    public void AddTo(RpcHandlers handlers)
    {
        handlers.Add<CreateScheduleRequest, CreateScheduleResponse>("CreateSchedule", (request, _) => CreateAsync(request));
        handlers.Add<DescribeScheduleRequest, DescribeScheduleResponse>("DescribeSchedule", (request, _) =>
        {
            var entry = schedules.Get(engine.Namespaces.Get(request.Namespace), request.ScheduleId, () => RpcErrors.NotFound("schedule not found"));
            return schedules.ReadAsync(entry, Describe);
        });
        handlers.Add<UpdateScheduleRequest, UpdateScheduleResponse>("UpdateSchedule", (request, _) => UpdateAsync(request));
        handlers.Add<PatchScheduleRequest, PatchScheduleResponse>("PatchSchedule", (request, _) => PatchAsync(request));
        handlers.Add<DeleteScheduleRequest, DeleteScheduleResponse>("DeleteSchedule", async (request, _) =>
        {
            await schedules.DeleteAsync(schedules.Get(engine.Namespaces.Get(request.Namespace), request.ScheduleId));
            return new DeleteScheduleResponse();
        });
        handlers.Add<ListScheduleMatchingTimesRequest, ListScheduleMatchingTimesResponse>("ListScheduleMatchingTimes", (request, _) => MatchingTimesAsync(request));
        handlers.Add<ListSchedulesRequest, ListSchedulesResponse>("ListSchedules", (request, _) => ListAsync(request));
        handlers.Add<CountSchedulesRequest, CountSchedulesResponse>("CountSchedules", request =>
        {
            var ns = engine.Namespaces.Get(request.Namespace);
            return new CountSchedulesResponse { Count = engine.Store.Visibility.Count(ns.Name, Bind(ns, request.Query)) };
        });
    }

    private async Task<CreateScheduleResponse> CreateAsync(CreateScheduleRequest request)
    {
        var ns = engine.Namespaces.Get(request.Namespace);
        StartValidation.CheckWorkflowId(ScheduleService.WorkflowPrefix + request.ScheduleId);
        if (request.RequestId.Length == 0)
        {
            throw RpcErrors.InvalidArgument("RequestId is not set on request.");
        }

        if (request.ScheduleId.Length == 0)
        {
            throw RpcErrors.InvalidArgument("ScheduleId is not set on request.");
        }

        RequestValidation.RequestId(request.RequestId);
        var schedule = Canonical(request.Schedule ?? new Schedule());
        CheckAction(ns, schedule);
        CheckPatch(request.InitialPatch);
        Check(ns, request.SearchAttributes);

        var now = engine.Now;
        var token = await schedules.CreateAsync(
            ns,
            new ScheduleState
            {
                Namespace = ns.Name,
                ScheduleId = request.ScheduleId,
                Schedule = schedule,
                Info = new ScheduleInfo { CreateTime = Timestamp.FromDateTimeOffset(now) },
                Memo = request.Memo,
                SearchAttributes = SearchAttributePayloads.WithTypes(request.SearchAttributes, ns.SearchAttributes),
                CreatedBy = request.RequestId,
                ProcessedUntil = now,
            },
            request.InitialPatch);
        return new CreateScheduleResponse { ConflictToken = Token(token) };
    }

    private async Task<UpdateScheduleResponse> UpdateAsync(UpdateScheduleRequest request)
    {
        var ns = engine.Namespaces.Get(request.Namespace);
        if (request.Schedule?.Action?.StartWorkflow is null)
        {
            throw RpcErrors.InvalidArgument("Only StartWorkflow action is supported for schedules");
        }

        CheckAction(ns, request.Schedule);
        var schedule = Canonical(request.Schedule);
        Check(ns, request.SearchAttributes);
        RequestValidation.RequestId(request.RequestId);
        var entry = schedules.Get(ns, request.ScheduleId);
        await schedules.ChangeAsync(entry, machine =>
        {
            if (!machine.Remember(request.RequestId))
            {
                return;
            }

            machine.Update(schedule, engine.Now);
            if (request.SearchAttributes is { } attributes)
            {
                machine.State.SearchAttributes = SearchAttributePayloads.WithTypes(attributes, ns.SearchAttributes);
            }

            if (request.Memo is { } memo)
            {
                machine.State.Memo = memo;
            }
        });
        return new UpdateScheduleResponse();
    }

    private async Task<PatchScheduleResponse> PatchAsync(PatchScheduleRequest request)
    {
        var ns = engine.Namespaces.Get(request.Namespace);
        if (request.Patch is null)
        {
            throw RpcErrors.InvalidArgument("Patch is not set on request.");
        }

        RequestValidation.RequestId(request.RequestId);
        CheckPatch(request.Patch);
        var entry = schedules.Get(ns, request.ScheduleId);
        await schedules.ChangeAsync(entry, machine =>
        {
            if (machine.Remember(request.RequestId))
            {
                machine.Patch(request.Patch, engine.Now);
            }
        });
        return new PatchScheduleResponse();
    }

    private async Task<ListScheduleMatchingTimesResponse> MatchingTimesAsync(ListScheduleMatchingTimesRequest request)
    {
        var ns = engine.Namespaces.Get(request.Namespace);
        var deleted = schedules.FindDeleted(ns.Name, request.ScheduleId);
        var entry = deleted is null ? schedules.Get(ns, request.ScheduleId) : null;
        if (request.StartTime is null || request.EndTime is null)
        {
            throw RpcErrors.Create(StatusCode.InvalidArgument, "missing or invalid query", new Temporalio.Api.ErrorDetails.V1.QueryFailedFailure());
        }

        var (after, until) = (request.StartTime.ToDateTimeOffset(), request.EndTime.ToDateTimeOffset());
        var times = entry is null ? deleted!.MatchingTimes(after, until) : await schedules.ReadAsync(entry, machine => machine.MatchingTimes(after, until));
        var response = new ListScheduleMatchingTimesResponse();
        response.StartTime.AddRange(times.Select(Timestamp.FromDateTimeOffset));
        return response;
    }

    private async Task<ListSchedulesResponse> ListAsync(ListSchedulesRequest request)
    {
        var ns = engine.Namespaces.Get(request.Namespace);
        var size = request.MaximumPageSize is > 0 and < MaximumPage ? request.MaximumPageSize : MaximumPage;
        var after = request.NextPageToken.IsEmpty ? null : VisibilityPageToken.Decode(request.NextPageToken.Span) ?? throw RpcErrors.InvalidArgument("Invalid NextPageToken.");
        var rows = engine.Store.Visibility.List(ns.Name, Bind(ns, request.Query), size, after);
        var response = new ListSchedulesResponse();
        foreach (var row in rows)
        {
            if (schedules.Find(ns.Name, row.WorkflowId) is { } entry)
            {
                response.Schedules.Add(await schedules.ReadAsync(entry, machine => ListEntry(ns, machine)));
            }
        }

        if (rows.Count == size)
        {
            response.NextPageToken = ByteString.CopyFrom(VisibilityTable.TokenAfter(rows[^1]).Encode());
        }

        return response;
    }

    private ScheduleListEntry ListEntry(NamespaceRecord ns, ScheduleMachine machine)
    {
        var state = machine.State;
        var spec = state.Schedule.Spec.Clone();
        spec.ExcludeStructuredCalendar.Clear();
        spec.Jitter = null;
        spec.TimezoneData = ByteString.Empty;
        var info = new ScheduleListInfo
        {
            Spec = spec,
            WorkflowType = state.Schedule.Action.StartWorkflow?.WorkflowType,
            Notes = state.Schedule.State.Notes,
            Paused = state.Schedule.State.Paused,
        };
        info.RecentActions.AddRange(state.Info.RecentActions.TakeLast(ListedActions));
        info.FutureActionTimes.AddRange(machine.FutureActionTimes(engine.Now).Take(ListedTimes).Select(Timestamp.FromDateTimeOffset));
        return new ScheduleListEntry
        {
            ScheduleId = state.ScheduleId,
            Memo = state.Memo,
            SearchAttributes = state.SearchAttributes is { IndexedFields.Count: > 0 } attributes ? SearchAttributePayloads.Normalize(attributes, ns.SearchAttributes) : null,
            Info = info,
        };
    }

    private DescribeScheduleResponse Describe(ScheduleMachine machine)
    {
        var state = machine.State;
        var info = state.Info.Clone();
        info.RunningWorkflows.Clear();
        info.RunningWorkflows.AddRange(schedules.StillRunning(machine));
        info.FutureActionTimes.Clear();
        info.FutureActionTimes.AddRange(machine.FutureActionTimes(engine.Now).Select(Timestamp.FromDateTimeOffset));
        return new DescribeScheduleResponse
        {
            Schedule = state.Schedule,
            Info = info,
            Memo = state.Memo,
            SearchAttributes = state.SearchAttributes,
            ConflictToken = Token(state.ConflictToken),
        };
    }

    private static ByteString Token(long token)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, token);
        return ByteString.CopyFrom(bytes);
    }

    private static Schedule Canonical(Schedule schedule)
    {
        try
        {
            return ScheduleMachine.Canonical(schedule);
        }
        catch (ScheduleSpecException e)
        {
            throw RpcErrors.InvalidArgument("Invalid schedule spec: " + e.Message);
        }
    }

    private static void CheckAction(NamespaceRecord ns, Schedule schedule)
    {
        if (schedule.Action?.StartWorkflow is not { } action)
        {
            return;
        }

        StartValidation.Check(ns, new StartWorkflowExecutionRequest
        {
            Namespace = ns.Name,
            WorkflowId = action.WorkflowId + LongestSuffix,
            WorkflowType = action.WorkflowType,
            TaskQueue = action.TaskQueue,
            Input = action.Input,
            WorkflowExecutionTimeout = action.WorkflowExecutionTimeout,
            WorkflowRunTimeout = action.WorkflowRunTimeout,
            WorkflowTaskTimeout = action.WorkflowTaskTimeout,
            RetryPolicy = action.RetryPolicy,
            Memo = action.Memo,
            SearchAttributes = action.SearchAttributes,
            RequestId = "check",
        });
        if (action.CronSchedule.Length > 0)
        {
            throw RpcErrors.InvalidArgument("Scheduled workflow must not contain CronSchedule");
        }

        if (action.WorkflowIdReusePolicy is not (WorkflowIdReusePolicy.Unspecified or WorkflowIdReusePolicy.AllowDuplicate))
        {
            throw RpcErrors.InvalidArgument("Scheduled workflow must not contain WorkflowIDReusePolicy");
        }
    }

    private static void Check(NamespaceRecord ns, SearchAttributes? attributes)
    {
        if (SearchAttributePayloads.Validate(attributes, ns) is { } problem)
        {
            throw RpcErrors.InvalidArgument(problem);
        }
    }

    private static void CheckPatch(SchedulePatch? patch)
    {
        if (patch?.Pause.Length > MaximumNotes || patch?.Unpause.Length > MaximumNotes)
        {
            throw RpcErrors.InvalidArgument("Schedule notes exceeds limit.");
        }

        if (patch?.BackfillRequest.Any(backfill => backfill.StartTime is null || backfill.EndTime is null || backfill.StartTime.ToDateTimeOffset() == DateTimeOffset.MinValue) == true)
        {
            throw RpcErrors.InvalidArgument("Backfill request needs a start time and an end time.");
        }
    }

    private static VisibilityQuery Bind(NamespaceRecord ns, string query)
    {
        try
        {
            return FilterBinder.Bind(query, ns.SearchAttributes, ScheduleService.Division);
        }
        catch (VisibilityQueryException e)
        {
            throw RpcErrors.InvalidArgument(e.Message);
        }
    }
}

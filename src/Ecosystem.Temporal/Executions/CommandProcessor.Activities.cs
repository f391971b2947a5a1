using Temporalio.Api.Command.V1;

namespace Ecosystem.Temporal.Executions;

/// <content>Commands about activities.</content>
internal sealed partial class CommandProcessor
{
    private void ScheduleActivity(ScheduleActivityTaskCommandAttributes? attributes)
    {
        const WorkflowTaskFailedCause bad = WorkflowTaskFailedCause.BadScheduleActivityAttributes;
        Require(attributes is not null, bad, "ScheduleActivityTaskCommandAttributes is not set on ScheduleActivityTaskCommand.");
        var id = attributes!.ActivityId;
        var type = attributes.ActivityType?.Name ?? "";
        if (RequestValidation.TaskQueueProblem(attributes.TaskQueue, State.Started.TaskQueue.Name) is { } queueProblem)
        {
            throw new CommandException(bad, $"invalid TaskQueue on ScheduleActivityTaskCommand: {queueProblem}. ActivityId={id} ActivityType={type}");
        }

        Require(id.Length > 0, bad, "activityId is not set");
        Require(type.Length > 0, bad, "activityType is not set");
        var problem = RetryPolicies.Problem(RetryPolicies.WithDefaults(attributes.RetryPolicy));
        Require(problem is null, bad, problem ?? "");
        Require(id.Length <= Limits.IdLength, bad, $"activityId exceeds length limit. Length={id.Length} Limit={Limits.IdLength}");
        Require(type.Length <= Limits.IdLength, bad, $"activityType exceeds length limit. Length={type.Length} Limit={Limits.IdLength}");
        if (RequestValidation.PriorityProblem(attributes.Priority) is { } priorityProblem)
        {
            throw new CommandException(bad, $"invalid priorities: {priorityProblem}");
        }

        Require(!IsNegative(attributes.ScheduleToCloseTimeout), bad, "invalid ScheduleToCloseTimeout: negative duration");
        Require(!IsNegative(attributes.ScheduleToStartTimeout), bad, "invalid ScheduleToStartTimeout: negative duration");
        Require(!IsNegative(attributes.StartToCloseTimeout), bad, "invalid StartToCloseTimeout: negative duration");
        Require(!IsNegative(attributes.HeartbeatTimeout), bad, "invalid HeartbeatTimeout: negative duration");
        var run = Span(State.Started.WorkflowRunTimeout);
        var toClose = Span(attributes.ScheduleToCloseTimeout);
        var toStart = Span(attributes.ScheduleToStartTimeout);
        var startToClose = Span(attributes.StartToCloseTimeout);
        if (toClose > TimeSpan.Zero)
        {
            toStart = toStart > TimeSpan.Zero ? Min(toStart, toClose) : toClose;
            startToClose = startToClose > TimeSpan.Zero ? Min(startToClose, toClose) : toClose;
        }
        else if (startToClose > TimeSpan.Zero)
        {
            toClose = run;
            toStart = toStart > TimeSpan.Zero ? toStart : run;
        }
        else
        {
            throw new CommandException(bad, $"a valid StartToCloseTimeout or ScheduleToCloseTimeout must be set on the activity. ActivityId={id} ActivityType={type}");
        }

        if (run > TimeSpan.Zero)
        {
            (toClose, toStart, startToClose) = (Min(toClose, run), Min(toStart, run), Min(startToClose, run));
        }

        var heartbeat = Min(Span(attributes.HeartbeatTimeout), startToClose);
        if (run > TimeSpan.Zero)
        {
            heartbeat = Min(heartbeat, run);
        }

        CheckQueue(attributes.UseWorkflowBuildId, attributes.TaskQueue, bad, "Activity");
        CheckSize(SizeOf(attributes.Input), bad, "ScheduleActivityTaskCommandAttributes.Input");
        Require(
            !State.ActivitiesById.ContainsKey(id),
            WorkflowTaskFailedCause.ScheduleActivityDuplicateId,
            $"invalid history builder state for action: add-activitytask-scheduled-event, ActivityID: {id}");
        Require(
            State.Activities.Count < Limits.PendingActivities,
            WorkflowTaskFailedCause.PendingActivitiesLimitExceeded,
            $"the number of pending activities, {State.Activities.Count}, has reached the per-workflow limit of {Limits.PendingActivities}");
        var scheduled = Add(new HistoryEvent
        {
            EventType = EventType.ActivityTaskScheduled,
            ActivityTaskScheduledEventAttributes = new ActivityTaskScheduledEventAttributes
            {
                ActivityId = id,
                ActivityType = attributes.ActivityType,
                TaskQueue = new TaskQueue
                {
                    Name = attributes.TaskQueue is { Name.Length: > 0 } queue ? queue.Name : State.Started.TaskQueue.Name,
                    Kind = TaskQueueKind.Normal,
                },
                Header = attributes.Header,
                Input = attributes.Input,
                ScheduleToCloseTimeout = Duration.FromTimeSpan(toClose),
                ScheduleToStartTimeout = Duration.FromTimeSpan(toStart),
                StartToCloseTimeout = Duration.FromTimeSpan(startToClose),
                HeartbeatTimeout = attributes.HeartbeatTimeout is null && heartbeat == TimeSpan.Zero
                    ? new Duration()
                    : Duration.FromTimeSpan(heartbeat),
                WorkflowTaskCompletedEventId = completedEventId,
                RetryPolicy = RetryPolicies.WithDefaults(attributes.RetryPolicy),
                UseWorkflowBuildId = attributes.UseWorkflowBuildId,
                Priority = attributes.Priority,
            },
        });
        var activity = State.Activities[scheduled.EventId];
        if (attributes.RequestEagerExecution)
        {
            Eager.Add(activity);
            return;
        }

        activity.Dispatched = true;
        var state = State;
        transaction.AfterCommit.Add(() => transaction.Engine.PublishActivity(state, activity));
    }

    private void CancelActivity(RequestCancelActivityTaskCommandAttributes? attributes)
    {
        const WorkflowTaskFailedCause bad = WorkflowTaskFailedCause.BadRequestCancelActivityAttributes;
        Require(attributes is not null, bad, "RequestCancelActivityTaskCommandAttributes is not set on RequestCancelActivityTaskCommand.");
        var scheduled = attributes!.ScheduledEventId;
        Require(scheduled > 0, bad, "ScheduledEventId is not set on RequestCancelActivityTaskCommand.");
        var known = State.Activities.TryGetValue(scheduled, out var activity);
        if (!known && State.Buffered.Exists(e => ResultOf(e) == scheduled))
        {
            // It ended while the task was in flight; the request comes too late but is no error.
            AddCancelRequested(scheduled);
            return;
        }

        Require(
            known && !activity!.CancelRequested,
            bad,
            $"invalid history builder state for action: add-activitytask-cancel-requested-event, ScheduledEventID: {scheduled}");
        var requested = AddCancelRequested(scheduled);
        if (!activity!.IsStarted)
        {
            transaction.Add(new HistoryEvent
            {
                EventType = EventType.ActivityTaskCanceled,
                ActivityTaskCanceledEventAttributes = new ActivityTaskCanceledEventAttributes
                {
                    Details = NotStarted,
                    LatestCancelRequestedEventId = requested.EventId,
                    ScheduledEventId = scheduled,
                    Identity = identity,
                },
            });
            CanceledUnstarted = true;
        }
    }

    /// <summary>An activity that nobody had was canceled at once, so the workflow has news.</summary>
    public bool CanceledUnstarted { get; private set; }

    private static Payloads NotStarted
    {
        get
        {
            var payload = new Payload { Data = ByteString.CopyFromUtf8("\"ACTIVITY_ID_NOT_STARTED\"") };
            payload.Metadata["encoding"] = ByteString.CopyFromUtf8("json/plain");
            return new Payloads { Payloads_ = { payload } };
        }
    }

    private HistoryEvent AddCancelRequested(long scheduled) => Add(new HistoryEvent
    {
        EventType = EventType.ActivityTaskCancelRequested,
        ActivityTaskCancelRequestedEventAttributes = new ActivityTaskCancelRequestedEventAttributes
        {
            ScheduledEventId = scheduled,
            WorkflowTaskCompletedEventId = completedEventId,
        },
    });

    private static long ResultOf(HistoryEvent e) => e.AttributesCase switch
    {
        HistoryEvent.AttributesOneofCase.ActivityTaskCompletedEventAttributes => e.ActivityTaskCompletedEventAttributes.ScheduledEventId,
        HistoryEvent.AttributesOneofCase.ActivityTaskFailedEventAttributes => e.ActivityTaskFailedEventAttributes.ScheduledEventId,
        HistoryEvent.AttributesOneofCase.ActivityTaskTimedOutEventAttributes => e.ActivityTaskTimedOutEventAttributes.ScheduledEventId,
        HistoryEvent.AttributesOneofCase.ActivityTaskCanceledEventAttributes => e.ActivityTaskCanceledEventAttributes.ScheduledEventId,
        _ => 0,
    };

    private static TimeSpan Span(Duration? duration) => duration?.ToTimeSpan() ?? TimeSpan.Zero;

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}

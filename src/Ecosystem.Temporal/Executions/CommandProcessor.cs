using Temporalio.Api.Command.V1;
using Temporalio.Api.Protocol.V1;

namespace Ecosystem.Temporal.Executions;

/// <summary>Turns the commands and messages of a completed workflow task into events.</summary>
internal sealed partial class CommandProcessor(Transaction transaction, long completedEventId, string identity, IReadOnlyList<Message> messages)
{
    private readonly HashSet<string> _processed = [];
    private readonly HashSet<string> _childrenStarted = [];
    private Command _command = new();

    private ExecutionState State => transaction.State;

    /// <summary>The run that follows, if a command closed this one and another goes on.</summary>
    public Transaction? Next { get; private set; }

    /// <summary>Activities that the worker asked to be given with the answer.</summary>
    public List<PendingActivity> Eager { get; } = [];

    /// <summary>Applies the commands in order, then the messages that none of them named.</summary>
    public void Run(IEnumerable<Command> commands)
    {
        foreach (var command in commands)
        {
            if (!State.IsRunning)
            {
                return;
            }

            _command = command;
            Process(command);
        }

        if (!State.IsRunning)
        {
            return;
        }

        foreach (var message in messages)
        {
            if (_processed.Add(message.Id))
            {
                Process(message);
            }
        }
    }

    /// <summary>What is wrong with the order of commands, or null: a command that closes the run has to be the last.</summary>
    public static string? SequenceProblem(IReadOnlyList<Command> commands)
    {
        for (var i = 0; i < commands.Count; i++)
        {
            var type = commands[i].CommandType;
            if (type is < CommandType.ScheduleActivityTask or > CommandType.RequestCancelNexusOperation)
            {
                return $"unknown command type: {type}";
            }

            if (Closes(type) && i < commands.Count - 1)
            {
                return $"invalid command sequence: [{string.Join(", ", commands.Select(command => command.CommandType.ToString()))}], command {type} must be the last command.";
            }
        }

        return null;
    }

    private static bool Closes(CommandType type) => type is CommandType.CompleteWorkflowExecution or CommandType.FailWorkflowExecution
        or CommandType.CancelWorkflowExecution or CommandType.ContinueAsNewWorkflowExecution;

    private void Process(Command command)
    {
        switch (command.CommandType)
        {
            case CommandType.ScheduleActivityTask:
                ScheduleActivity(command.ScheduleActivityTaskCommandAttributes);
                break;
            case CommandType.RequestCancelActivityTask:
                CancelActivity(command.RequestCancelActivityTaskCommandAttributes);
                break;
            case CommandType.StartTimer:
                StartTimer(command.StartTimerCommandAttributes);
                break;
            case CommandType.CancelTimer:
                CancelTimer(command.CancelTimerCommandAttributes);
                break;
            case CommandType.RecordMarker:
                RecordMarker(command.RecordMarkerCommandAttributes);
                break;
            case CommandType.UpsertWorkflowSearchAttributes:
                UpsertSearchAttributes(command.UpsertWorkflowSearchAttributesCommandAttributes);
                break;
            case CommandType.ModifyWorkflowProperties:
                ModifyProperties(command.ModifyWorkflowPropertiesCommandAttributes);
                break;
            case CommandType.ProtocolMessage:
                ProtocolMessage(command.ProtocolMessageCommandAttributes);
                break;
            case CommandType.StartChildWorkflowExecution:
                StartChild(command.StartChildWorkflowExecutionCommandAttributes);
                break;
            case CommandType.SignalExternalWorkflowExecution:
                SignalExternal(command.SignalExternalWorkflowExecutionCommandAttributes);
                break;
            case CommandType.RequestCancelExternalWorkflowExecution:
                CancelExternal(command.RequestCancelExternalWorkflowExecutionCommandAttributes);
                break;
            case CommandType.CompleteWorkflowExecution:
                Complete(command.CompleteWorkflowExecutionCommandAttributes);
                break;
            case CommandType.FailWorkflowExecution:
                Fail(command.FailWorkflowExecutionCommandAttributes);
                break;
            case CommandType.CancelWorkflowExecution:
                Cancel(command.CancelWorkflowExecutionCommandAttributes);
                break;
            case CommandType.ContinueAsNewWorkflowExecution:
                ContinueAsNew(command.ContinueAsNewWorkflowExecutionCommandAttributes);
                break;
            default:
                throw new CommandException(WorkflowTaskFailedCause.FeatureDisabled, $"{command.CommandType} is not supported by this service.");
        }
    }

    /// <summary>Adds the event of the command at hand.</summary>
    private HistoryEvent Add(HistoryEvent e) => transaction.Add(Marked(e));

    /// <summary>Gives an event what its command says about it for people: a summary, and the groups that lists of events show it in.</summary>
    private HistoryEvent Marked(HistoryEvent e)
    {
        e.UserMetadata = _command.UserMetadata;
        e.EventGroupMarkers.AddRange(_command.EventGroupMarkers);
        return e;
    }

    private void StartTimer(StartTimerCommandAttributes? attributes)
    {
        const WorkflowTaskFailedCause bad = WorkflowTaskFailedCause.BadStartTimerAttributes;
        Require(attributes is not null, bad, "StartTimerCommandAttributes is not set on StartTimerCommand.");
        var id = attributes!.TimerId;
        Require(id.Length > 0, bad, "TimerId is not set on StartTimerCommand.");
        Require(id.Length <= Limits.IdLength, bad, $"TimerId on StartTimerCommand exceeds length limit. TimerId={id} Length={id.Length} Limit={Limits.IdLength}");
        Require(!IsNegative(attributes.StartToFireTimeout), bad, $"An invalid StartToFireTimeout is set on StartTimerCommand: negative duration. TimerId={id}");
        Require(
            !State.Timers.ContainsKey(id),
            WorkflowTaskFailedCause.StartTimerDuplicateId,
            $"invalid history builder state for action: add-timer-started-event, TimerID: {id}");
        Add(new HistoryEvent
        {
            EventType = EventType.TimerStarted,
            TimerStartedEventAttributes = new TimerStartedEventAttributes
            {
                TimerId = id,
                StartToFireTimeout = attributes.StartToFireTimeout ?? new Duration(),
                WorkflowTaskCompletedEventId = completedEventId,
            },
        });
    }

    private void CancelTimer(CancelTimerCommandAttributes? attributes)
    {
        const WorkflowTaskFailedCause bad = WorkflowTaskFailedCause.BadCancelTimerAttributes;
        Require(attributes is not null, bad, "CancelTimerCommandAttributes is not set on CancelTimerCommand.");
        var id = attributes!.TimerId;
        Require(id.Length > 0, bad, "TimerId is not set on CancelTimerCommand.");
        Require(id.Length <= Limits.IdLength, bad, $"TimerId on CancelTimerCommand exceeds length limit. TimerId={id} Length={id.Length} Limit={Limits.IdLength}");
        long started;
        if (State.Timers.TryGetValue(id, out var timer))
        {
            started = timer.StartedEventId;
        }
        else
        {
            // It may have fired while the task was in flight; that is then forgotten.
            var fired = transaction.TakeBufferedFire(id);
            Require(fired is not null, bad, $"invalid history builder state for action: add-timer-canceled-event, TimerID: {id}");
            started = fired!.TimerFiredEventAttributes.StartedEventId;
        }

        Add(new HistoryEvent
        {
            EventType = EventType.TimerCanceled,
            TimerCanceledEventAttributes = new TimerCanceledEventAttributes
            {
                TimerId = id,
                StartedEventId = started,
                WorkflowTaskCompletedEventId = completedEventId,
                Identity = identity,
            },
        });
    }

    private void RecordMarker(RecordMarkerCommandAttributes? attributes)
    {
        const WorkflowTaskFailedCause bad = WorkflowTaskFailedCause.BadRecordMarkerAttributes;
        Require(attributes is not null, bad, "RecordMarkerCommandAttributes is not set on RecordMarkerCommand.");
        var name = attributes!.MarkerName;
        Require(name.Length > 0, bad, "MarkerName is not set on RecordMarkerCommand.");
        Require(name.Length <= Limits.IdLength, bad, $"MarkerName on RecordMarkerCommand exceeds length limit. MarkerName={name} Length={name.Length} Limit={Limits.IdLength}");
        CheckSize(
            attributes.Details.Sum(pair => pair.Key.Length + SizeOf(pair.Value)),
            bad,
            "RecordMarkerCommandAttributes.Details");
        var recorded = new MarkerRecordedEventAttributes
        {
            MarkerName = name,
            WorkflowTaskCompletedEventId = completedEventId,
            Header = attributes.Header,
            Failure = attributes.Failure,
        };
        recorded.Details.Add(attributes.Details);
        Add(new HistoryEvent { EventType = EventType.MarkerRecorded, MarkerRecordedEventAttributes = recorded });
    }

    private void UpsertSearchAttributes(UpsertWorkflowSearchAttributesCommandAttributes? attributes)
    {
        const WorkflowTaskFailedCause bad = WorkflowTaskFailedCause.BadSearchAttributes;
        Require(attributes is not null, bad, "UpsertWorkflowSearchAttributesCommandAttributes is not set on UpsertWorkflowSearchAttributesCommand.");
        Require(attributes!.SearchAttributes is not null, bad, "SearchAttributes is not set on UpsertWorkflowSearchAttributesCommand.");
        Require(attributes.SearchAttributes!.IndexedFields.Count > 0, bad, "IndexedFields is not set on UpsertWorkflowSearchAttributesCommand.");
        var problem = SearchAttributePayloads.Validate(attributes.SearchAttributes, State.Namespace);
        Require(problem is null, bad, problem ?? "");
        CheckSize(attributes.SearchAttributes.IndexedFields.Sum(pair => pair.Key.Length + pair.Value.Data.Length), bad, "UpsertWorkflowSearchAttributesCommandAttributes");
        CheckSize(ExecutionState.Merge(State.SearchAttributes, attributes.SearchAttributes), bad);
        transaction.VisibilityChanged = true;
        Add(new HistoryEvent
        {
            EventType = EventType.UpsertWorkflowSearchAttributes,
            UpsertWorkflowSearchAttributesEventAttributes = new UpsertWorkflowSearchAttributesEventAttributes
            {
                WorkflowTaskCompletedEventId = completedEventId,
                SearchAttributes = SearchAttributePayloads.WithTypes(attributes.SearchAttributes, State.Namespace.SearchAttributes),
            },
        });
    }

    private void ModifyProperties(ModifyWorkflowPropertiesCommandAttributes? attributes)
    {
        const WorkflowTaskFailedCause bad = WorkflowTaskFailedCause.BadModifyWorkflowPropertiesAttributes;
        Require(attributes is not null, bad, "ModifyWorkflowPropertiesCommandAttributes is not set on ModifyWorkflowPropertiesCommand.");
        Require(attributes!.UpsertedMemo is not null, bad, "UpsertedMemo is not set on ModifyWorkflowPropertiesCommand.");
        Require(attributes.UpsertedMemo!.Fields.Count > 0, bad, "UpsertedMemo.Fields is not set on ModifyWorkflowPropertiesCommand.");
        CheckSize(attributes.UpsertedMemo.Fields.Sum(pair => pair.Key.Length + pair.Value.Data.Length), bad, "ModifyWorkflowPropertiesCommandAttributes");
        CheckSize(ExecutionState.Merge(State.Memo, attributes.UpsertedMemo).CalculateSize(), bad, "ModifyWorkflowPropertiesCommandAttributes. Memo");
        transaction.VisibilityChanged = true;
        Add(new HistoryEvent
        {
            EventType = EventType.WorkflowPropertiesModified,
            WorkflowPropertiesModifiedEventAttributes = new WorkflowPropertiesModifiedEventAttributes
            {
                WorkflowTaskCompletedEventId = completedEventId,
                UpsertedMemo = attributes.UpsertedMemo,
            },
        });
    }

    private void Complete(CompleteWorkflowExecutionCommandAttributes? attributes)
    {
        RefuseIfUnhandled();
        Require(
            attributes is not null,
            WorkflowTaskFailedCause.BadCompleteWorkflowExecutionAttributes,
            "CompleteWorkflowExecutionCommandAttributes is not set on CompleteWorkflowExecutionCommand.");
        CheckSize(SizeOf(attributes!.Result), WorkflowTaskFailedCause.BadScheduleActivityAttributes, "CompleteWorkflowExecutionCommandAttributes.Result");
        Next = transaction.CloseAndFollow(null, attributes.Result, (_, nextRunId) => Marked(new HistoryEvent
        {
            EventType = EventType.WorkflowExecutionCompleted,
            WorkflowExecutionCompletedEventAttributes = new WorkflowExecutionCompletedEventAttributes
            {
                Result = attributes.Result,
                WorkflowTaskCompletedEventId = completedEventId,
                NewExecutionRunId = nextRunId,
            },
        }));
    }

    private void Fail(FailWorkflowExecutionCommandAttributes? attributes)
    {
        const WorkflowTaskFailedCause bad = WorkflowTaskFailedCause.BadFailWorkflowExecutionAttributes;
        RefuseIfUnhandled();
        Require(attributes is not null, bad, "FailWorkflowExecutionCommandAttributes is not set on FailWorkflowExecutionCommand.");
        Require(attributes!.Failure is not null, bad, "Failure is not set on FailWorkflowExecutionCommand.");
        CheckSize(SizeOf(attributes.Failure), bad, "FailWorkflowExecutionCommandAttributes.Failure");
        Next = transaction.CloseAndFollow(attributes.Failure, null, (retryState, nextRunId) => Marked(new HistoryEvent
        {
            EventType = EventType.WorkflowExecutionFailed,
            WorkflowExecutionFailedEventAttributes = new WorkflowExecutionFailedEventAttributes
            {
                Failure = attributes.Failure,
                RetryState = retryState,
                WorkflowTaskCompletedEventId = completedEventId,
                NewExecutionRunId = nextRunId,
            },
        }));
    }

    private void Cancel(CancelWorkflowExecutionCommandAttributes? attributes)
    {
        RefuseIfUnhandled();
        Require(
            attributes is not null,
            WorkflowTaskFailedCause.BadCancelWorkflowExecutionAttributes,
            "CancelWorkflowExecutionCommandAttributes is not set on CancelWorkflowExecutionCommand.");
        transaction.Close(Marked(new HistoryEvent
        {
            EventType = EventType.WorkflowExecutionCanceled,
            WorkflowExecutionCanceledEventAttributes = new WorkflowExecutionCanceledEventAttributes
            {
                WorkflowTaskCompletedEventId = completedEventId,
                Details = attributes!.Details,
            },
        }));
    }

    private void ContinueAsNew(ContinueAsNewWorkflowExecutionCommandAttributes? attributes)
    {
        const WorkflowTaskFailedCause bad = WorkflowTaskFailedCause.BadContinueAsNewAttributes;
        RefuseIfUnhandled();
        Require(attributes is not null, bad, "ContinueAsNewWorkflowExecutionCommandAttributes is not set on ContinueAsNewWorkflowExecutionCommand.");
        var type = attributes!.WorkflowType is { Name.Length: > 0 } given ? given.Name : State.Started.WorkflowType.Name;
        var queue = attributes.TaskQueue is { Name.Length: > 0 } named ? named.Name : State.Started.TaskQueue.Name;
        Require(type.Length <= Limits.IdLength, bad, $"WorkflowType on ContinueAsNewWorkflowExecutionCommand exceeds length limit. WorkflowType={type} Length={type.Length} Limit={Limits.IdLength}");
        var suffix = $" WorkflowType={type} TaskQueue=name:\"{queue}\" kind:TASK_QUEUE_KIND_NORMAL";
        Require(!IsNegative(attributes.WorkflowRunTimeout), bad, $"Invalid WorkflowRunTimeout on ContinueAsNewWorkflowExecutionCommand: negative duration.{suffix}");
        Require(!IsNegative(attributes.WorkflowTaskTimeout), bad, $"Invalid WorkflowTaskTimeout on ContinueAsNewWorkflowExecutionCommand: negative duration.{suffix}");
        Require(!IsNegative(attributes.BackoffStartInterval), bad, $"Invalid BackoffStartInterval on ContinueAsNewWorkflowExecutionCommand: negative duration.{suffix}");
        if (RetryPolicies.Problem(attributes.RetryPolicy) is { } retryProblem)
        {
            throw new CommandException(bad, $"invalid WorkflowRetryPolicy on ContinueAsNewWorkflowExecutionCommand: {retryProblem}.{suffix}");
        }

        if (SearchAttributePayloads.Validate(attributes.SearchAttributes, State.Namespace) is { } problem)
        {
            throw new CommandException(
                WorkflowTaskFailedCause.BadSearchAttributes,
                $"invalid SearchAttributes on ContinueAsNewWorkflowExecutionCommand: {problem}.{suffix}");
        }

        CheckQueue(attributes.InheritBuildId, attributes.TaskQueue, bad, "ContinueAsNew");
        CheckSize(SizeOf(attributes.Input), bad, "ContinueAsNewWorkflowExecutionCommandAttributes. Input");
        CheckSize(SizeOf(attributes.Memo), bad, "ContinueAsNewWorkflowExecutionCommandAttributes. Memo");
        CheckSize(attributes.SearchAttributes, bad);
        Next = transaction.ContinueAsNew(attributes, completedEventId, Marked);
    }

    /// <summary>A run can't end over events its worker has not seen.</summary>
    private void RefuseIfUnhandled()
    {
        if (State.Buffered.Count > 0)
        {
            throw new CommandException(WorkflowTaskFailedCause.UnhandledCommand, "");
        }

        // Messages that no command named count before the run closes.
        foreach (var message in messages)
        {
            if (_processed.Add(message.Id))
            {
                Process(message);
            }
        }
    }

    /// <summary>What is to run by the workflow's own build can't go to another queue.</summary>
    private void CheckQueue(bool sameBuild, TaskQueue? queue, WorkflowTaskFailedCause cause, string what) => Require(
        !sameBuild || queue is null or { Name.Length: 0 } || queue.Name == State.Started.TaskQueue.Name,
        cause,
        $"{what} with UseCompatibleVersion cannot run on different task queue.");

    /// <summary>A command that is too large to be kept ends the run.</summary>
    private static void CheckSize(int size, WorkflowTaskFailedCause cause, string what)
    {
        if (size > Limits.BlobError)
        {
            throw new CommandException(cause, $"{what} exceeds size limit.", terminates: true);
        }
    }

    /// <summary>Search attributes of a command that are too many or too large end the run, too.</summary>
    private static void CheckSize(SearchAttributes? attributes, WorkflowTaskFailedCause cause)
    {
        if (SearchAttributePayloads.SizeProblem(attributes) is { } problem)
        {
            throw new CommandException(cause, problem, terminates: true);
        }
    }

    private static int SizeOf(IMessage? message) => message?.CalculateSize() ?? 0;

    private static bool IsNegative(Duration? duration) => duration is { Seconds: < 0 } or { Nanos: < 0 };

    private static void Require(bool condition, WorkflowTaskFailedCause cause, string message)
    {
        if (!condition)
        {
            throw new CommandException(cause, message);
        }
    }
}

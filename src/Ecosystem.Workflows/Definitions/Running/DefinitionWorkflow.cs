using System.Text.Json.Nodes;
using Ecosystem.Workflows.Tasks;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Ecosystem.Workflows.Definitions;

/// <summary>
/// Runs one case: a definition, pinned by its content. The engine decides what happens; this shell gives it time, events, tasks and
/// children from Temporal, and has each burst from one wait to the next carried out by one local activity. What the activity told its
/// engine is told to this one, so that both are in the same state; a replay tells it again.
/// </summary>
[Workflow(CaseInput.WorkflowType)]
internal sealed partial class DefinitionWorkflow(PlanSource plans, StepCatalog steps)
{
    private const int MaxHistory = 2_000;
    private const int MaxBuffered = 100;
    private static readonly LocalActivityOptions Local = new()
    {
        StartToCloseTimeout = TimeSpan.FromMinutes(1),
        CancellationToken = CancellationToken.None,
        RetryPolicy = new RetryPolicy { InitialInterval = TimeSpan.FromMilliseconds(200), MaximumInterval = TimeSpan.FromSeconds(30) },
        LocalRetryThreshold = TimeSpan.FromMinutes(1),
    };

    private readonly Queue<Stimulus> stimuli = new();
    private readonly List<CaseEvent> events = [];
    private readonly List<string> seen = [];
    private readonly Dictionary<long, CancellationTokenSource> started = [];
    private CaseInput start = null!;
    private CaseHost host = null!;
    private ProcessEngine? engine;
    private string runId = "";
    private int bursts;
    private bool bursting;
    private bool cancelRequested;
    private long? tried;

    /// <summary>Runs the case.</summary>
    [WorkflowRun]
    public async Task<CaseEnd> RunAsync(CaseInput input)
    {
        Begin(input);
        if (input.State is null)
        {
            await BurstAsync(new Stimulus());
        }

        while (engine!.Status == ProcessStatus.Running)
        {
            if (HasDueStep())
            {
                await BurstAsync(new Stimulus());
                continue;
            }

            StartLong();
            TakeEvents();
            if (stimuli.TryDequeue(out var stimulus))
            {
                await HandleAsync(stimulus);
                continue;
            }

            if ((Workflow.ContinueAsNewSuggested || Workflow.CurrentHistoryLength > MaxHistory) && started.Count == 0 && Workflow.AllHandlersFinished)
            {
                throw ContinueAsNew();
            }

            await WaitAsync();
        }

        while (stimuli.TryDequeue(out var late))
        {
            late.Refuse("case.ended", "The case has ended.");
        }

        await Workflow.WaitConditionAsync(() => Workflow.AllHandlersFinished);
        return new CaseEnd(engine.Status.ToString(), engine.Outcomes, engine.Output.Count == 0 ? null : Values.ToJsonObject(engine.Output));
    }

    /// <summary>Takes an event. Each counts once, known by its id; one nobody waits for is kept until somebody does.</summary>
    [WorkflowSignal(CaseEvent.Signal)]
    public Task EventAsync(CaseEvent @event)
    {
        if (!seen.Contains(@event.Id))
        {
            seen.Add(@event.Id);
            if (seen.Count > 500)
            {
                seen.RemoveAt(0);
            }

            events.Add(@event);
            if (events.Count > MaxBuffered)
            {
                events.RemoveAt(0);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>Takes the answer to a human task; returns once it is committed together with what follows from it.</summary>
    [WorkflowUpdate(TaskAnswer.Update)]
    public async Task<TaskAnswered> CompleteTaskAsync(TaskAnswer answer)
    {
        await Workflow.WaitConditionAsync(() => engine is not null);
        var stimulus = new Stimulus { Answer = answer, Request = CaseEngine.RequestOf(start.CaseId, answer.TaskId) };
        stimuli.Enqueue(stimulus);
        await Workflow.WaitConditionAsync(() => stimulus.Refusals is not null);
        return new TaskAnswered(stimulus.Refusals!);
    }

    /// <summary>Refuses an answer to a task that is not open.</summary>
    [WorkflowUpdateValidator(nameof(CompleteTaskAsync))]
    public void ValidateCompleteTask(TaskAnswer answer)
    {
        if (engine is null)
        {
            return;
        }

        // What is under way may make the task: it is in the inbox before the case hears of it.
        var request = CaseEngine.RequestOf(start.CaseId, answer.TaskId);
        if (request is not { } id
            || stimuli.Any(stimulus => stimulus.Request == id)
            || (engine.FindRequest(id) is { } found ? found.Kind != RequestKind.Task : !bursting && stimuli.Count == 0))
        {
            throw new ApplicationFailureException($"The task '{answer.TaskId}' is not open: it was answered, or is no longer needed.", "task.not-open");
        }
    }

    /// <summary>Takes the decision on a failed step.</summary>
    [WorkflowUpdate(IncidentDecision.Update)]
    public async Task<TaskAnswered> DecideIncidentAsync(IncidentDecision decision)
    {
        await Workflow.WaitConditionAsync(() => engine is not null);
        var request = engine!.Requests.FirstOrDefault(candidate => candidate.Kind == RequestKind.Incident && candidate.Name == decision.StepId);
        if (request is null)
        {
            return new TaskAnswered([new Refusal("incident.not-open", $"The step '{decision.StepId}' has no open incident.", "stepId")]);
        }

        var stimulus = new Stimulus
        {
            Request = request.Id,
            Reply = new ReplyRecord
            {
                Request = request.Id,
                Outcome = decision.Decision == "Answer" ? decision.Outcome ?? "Done" : decision.Decision,
                Output = decision.Output,
                By = decision.Actor.Id,
                Note = decision.Comment,
            },
        };
        stimuli.Enqueue(stimulus);
        await Workflow.WaitConditionAsync(() => stimulus.Refusals is not null);
        return new TaskAnswered(stimulus.Refusals!);
    }

    /// <summary>
    /// Has the case hear of what was done without its knowledge. An answer is an update, which the service keeps in memory until a worker has told
    /// of taking it: when worker and service are lost in between, what it led to is stored and only the case does not know.
    /// </summary>
    [WorkflowSignal(CaseCatchUp.Signal)]
    public Task CatchUpAsync()
    {
        if (!stimuli.Any(stimulus => stimulus.CatchUp))
        {
            stimuli.Enqueue(new Stimulus { CatchUp = true });
        }

        return Task.CompletedTask;
    }

    /// <summary>Calls the case off.</summary>
    [WorkflowSignal("cancelCase")]
    public Task CancelCaseAsync()
    {
        cancelRequested = true;
        return Task.CompletedTask;
    }

    /// <summary>Tells where the case stands.</summary>
    [WorkflowQuery("state")]
    public CaseState State() => new(
        engine?.Status.ToString() ?? "New",
        engine?.Stage,
        [.. (engine?.Requests ?? []).Select(request => new CaseWait(request.Instance.Node.Id, request.Kind.ToString(), request.Name, request.Due))],
        bursts);

    /// <summary>Tells what the case holds: inputs, outputs, variables, and what its activities put out last.</summary>
    [WorkflowQuery(CaseContent.Query)]
    public CaseContent Content() => engine is null ? CaseContent.Empty : new(
        Values.ToJsonObject(engine.Top.OwnFrame!.Inputs),
        Values.ToJsonObject(engine.Top.OwnFrame!.Outputs),
        [.. engine.Top.Slots.Select(slot => new CaseVariable(slot.Id, slot.Name, slot.TypeName, Values.ToJson(slot.Value)))],
        engine.Top.OwnFrame!.ActivityOutputs.ToDictionary(pair => pair.Key, pair => Values.ToJsonObject(pair.Value), StringComparer.Ordinal));

    /// <summary>Tells what the case answers an HTTP request with, and whether it has gone as far as it goes by itself.</summary>
    /// <param name="request">The event the request came as; null for the request that started the case.</param>
    [WorkflowQuery(HttpTrigger.ResponseQuery)]
    public HttpProgress HttpResponse(string? request)
    {
        var taken = engine is { Status: not ProcessStatus.New } && (request is null || (seen.Contains(request) && !events.Exists(item => item.Id == request)));
        return new HttpProgress(
            taken && (engine!.Status != ProcessStatus.Running || (!bursting && bursts > 0 && stimuli.Count == 0 && started.Count == 0 && !HasDueStep())),
            engine?.Status == ProcessStatus.Running,
            taken && (engine!.Status == ProcessStatus.Faulted || engine.Requests.Any(open => open.Kind == RequestKind.Incident)),
            taken && engine!.HttpResponse is { } response ? Values.ToJsonObject(response) : null);
    }

    /// <summary>Tells the same once there is an answer, or the case has gone as far as it goes by itself; or as it stands when patience runs out.</summary>
    /// <param name="request">The event the request came as; null for the request that started the case.</param>
    [WorkflowUpdate(HttpTrigger.ResponseUpdate)]
    public async Task<HttpProgress> HttpAnswerAsync(string? request)
    {
        await Workflow.WaitConditionAsync(() => HttpResponse(request) is { Settled: true } or { Response: not null }, HttpTrigger.Patience);
        return HttpResponse(request);
    }

    private void Begin(CaseInput input)
    {
        start = input with { State = null };
        var carried = input.State;
        runId = carried?.Text("runId") ?? Workflow.Info.RunId;
        bursts = (int)(carried?.Number("bursts") ?? 0);
        var pinned = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in carried?["pinned"] as JsonObject ?? [])
        {
            pinned[pair.Key] = (string)pair.Value!;
        }

        seen.AddRange((carried?["seen"] as JsonArray ?? []).Select(id => (string)id!));
        events.AddRange((carried?.Objects("events") ?? []).Select(json => new CaseEvent(json.Text("id")!, json.Text("name")!, json["data"]?.DeepClone())));
        host = new CaseHost(plans, steps, input.CaseId, pinned, null) { Now = Now };
        var plan = host.FindPlan(input.ContentHash, null)!;
        engine = carried?["engine"] is JsonObject state
            ? ProcessEngine.Restore(plan, host, CaseEngine.Options, state)
            : new ProcessEngine(plan, host, CaseEngine.Options) { CorrelationId = input.SubjectId };
    }

    private ContinueAsNewException ContinueAsNew()
    {
        var state = new JsonObject
        {
            ["runId"] = runId,
            ["bursts"] = bursts,
            ["engine"] = engine!.Snapshot(),
            ["pinned"] = new JsonObject(host.Pinned.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
            ["seen"] = new JsonArray([.. seen.Select(id => (JsonNode)id)]),
            ["events"] = new JsonArray([.. events.Select(item => new JsonObject { ["id"] = item.Id, ["name"] = item.Name, ["data"] = item.Data?.DeepClone() })]),
        };
        var next = start with { State = state };
        return Workflow.CreateContinueAsNewException((DefinitionWorkflow workflow) => workflow.RunAsync(next));
    }

    private static DateTimeOffset Now => new(DateTime.SpecifyKind(Workflow.UtcNow, DateTimeKind.Utc));
}

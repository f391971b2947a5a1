using System.Globalization;

namespace Ecosystem.Workflows.Definitions;

/// <summary>
/// Runs a definition without a server: the engine's second shell. Time is virtual and jumps to the next thing that is due; people, systems
/// and events are played by <see cref="HeadlessAnswers"/>. An event nobody answers for comes by itself once nothing else can happen, so
/// that the run reaches its end; a human task nobody answers for stays open and the run ends waiting.
/// </summary>
internal sealed class HeadlessRun
{
    private const int MaxReplies = 100_000;
    private readonly List<HeadlessProcess> processes = [];
    private readonly PriorityQueue<(HeadlessProcess Process, long Request, EngineReply Reply), (DateTimeOffset, int)> timeline = new();
    private readonly HashSet<(HeadlessProcess, long)> seen = [];
    private readonly HeadlessAnswers answers;
    private int order;

    internal HeadlessRun(PlanCatalog plans, StepCatalog steps, HeadlessAnswers answers, DateTimeOffset start)
    {
        Plans = plans;
        Steps = steps;
        this.answers = answers;
        Now = start;
    }

    internal PlanCatalog Plans { get; }

    internal StepCatalog Steps { get; }

    internal DateTimeOffset Now { get; private set; }

    internal List<string> Lines { get; } = [];

    /// <summary>Runs a definition until it ends or nothing more can happen.</summary>
    /// <returns>The process of the definition.</returns>
    internal ProcessEngine Execute(ProcessPlan plan, IReadOnlyDictionary<string, object?> input)
    {
        var main = Begin(plan, input, "instance-1", null, null);
        for (var replies = 0; replies < MaxReplies; replies++)
        {
            Settle();
            if (!Step(main.Engine))
            {
                break;
            }
        }

        return main.Engine;
    }

    internal IEnumerable<HeadlessProcess> Processes => processes;

    private HeadlessProcess Begin(ProcessPlan plan, IReadOnlyDictionary<string, object?> input, string id, HeadlessParent? parent, string? trigger, string? correlationId = null)
    {
        var engine = new ProcessEngine(plan, new HeadlessHost(this, id));
        engine.CorrelationId = correlationId;
        var process = new HeadlessProcess(id, engine, parent);
        processes.Add(process);
        engine.Start(input, trigger);
        return process;
    }

    // Does everything that needs no time: children, published events, steps and answers.
    private void Settle()
    {
        bool again;
        do
        {
            again = false;
            for (var i = 0; i < processes.Count; i++)
            {
                again |= Settle(processes[i]);
            }
        }
        while (again);
    }

    private bool Settle(HeadlessProcess process)
    {
        var engine = process.Engine;
        foreach (var start in engine.Dispatched.ToList())
        {
            Begin(Plans.Find(start.Reference, null)!, start.Input, start.InstanceId, null, null, start.CorrelationId);
        }

        engine.Dispatched.Clear();
        var acted = Publish(process);
        foreach (var request in engine.Requests.ToList())
        {
            if (seen.Add((process, request.Id)))
            {
                Take(process, request);
                acted = true;
            }
        }

        if (process.Parent is { Reported: false } parent && engine.Status is not (ProcessStatus.Running or ProcessStatus.New))
        {
            parent.Reported = true;
            Report(process, parent);
            acted = true;
        }

        return acted;
    }

    private bool Publish(HeadlessProcess process)
    {
        var events = process.Engine.Published.ToList();
        process.Engine.Published.Clear();
        foreach (var (name, payload, local, correlation) in events)
        {
            var reply = new EngineReply { Output = new Dictionary<string, object?> { ["result"] = payload, ["name"] = name } };
            var takers = processes
                .Where(other => (!local || other == process) && (correlation is null || other.Engine.CorrelationId == correlation))
                .SelectMany(other => other.Engine.Requests.Where(request => request.Kind == RequestKind.Event && !request.Flag("task") && request.Name == name).Select(request => (other, request)))
                .ToList();
            takers.ForEach(taker => taker.other.Engine.Reply(taker.request.Id, reply));
            if (!local)
            {
                foreach (var plan in Plans.All)
                {
                    foreach (var trigger in DefinitionTriggers.Of(plan).Where(trigger => trigger.Kind == TriggerKind.Event && trigger.Name == name))
                    {
                        Begin(plan, new Dictionary<string, object?> { ["Payload"] = payload }, NextId(), null, trigger.ActivityId);
                    }
                }
            }
        }

        return events.Count > 0;
    }

    private void Take(HeadlessProcess process, EngineRequest request)
    {
        if (request.Kind == RequestKind.Child)
        {
            var wait = request.Flag("wait");
            var plan = Plans.Find(request.Name, null)!;
            var input = request.Data.GetValueOrDefault("input") as Dictionary<string, object?> ?? [];
            Begin(plan, input, NextId(), new HeadlessParent(process, request.Id, wait), null, request.Text("correlationId"));
            if (!wait)
            {
                var child = processes[^1];
                child.Parent!.Reported = true;
                Report(child, child.Parent);
            }

            return;
        }

        if (request.Kind == RequestKind.Timer)
        {
            At(request.Due!.Value, process, request.Id, new EngineReply());
            return;
        }

        if (request.Due is { } due)
        {
            At(due, process, request.Id, new EngineReply { TimedOut = true });
        }

        if (answers.Take(request) is { } answer)
        {
            At(Now + answer.After, process, request.Id, answer.Reply);
        }
        else if (request.Kind == RequestKind.Step)
        {
            At(Now, process, request.Id, new EngineReply { Outcome = Steps.Find(request.Name)?.Attribute.Outcomes[0] });
        }
        else if (request.Kind == RequestKind.Http)
        {
            At(Now, process, request.Id, new EngineReply { Error = $"The call to '{request.Name}' has no answer; give one under '{request.Instance.Node.Id}' in the answers." });
        }
    }

    private void Report(HeadlessProcess child, HeadlessParent parent)
    {
        var engine = child.Engine;
        parent.Process.Engine.Reply(parent.Request, new EngineReply
        {
            Output = new Dictionary<string, object?>
            {
                ["instanceId"] = child.Id,
                ["status"] = engine.Status == ProcessStatus.Running ? "Running" : "Finished",
                ["subStatus"] = engine.Status == ProcessStatus.Running ? "Suspended" : engine.Status.ToString(),
                ["output"] = new Dictionary<string, object?>(engine.Output),
            },
        });
    }

    private void At(DateTimeOffset time, HeadlessProcess process, long request, EngineReply reply) =>
        timeline.Enqueue((process, request, reply), (time < Now ? Now : time, ++order));

    // Jumps to the next thing that is due; false when there is none.
    private bool Step(ProcessEngine main)
    {
        while (timeline.TryDequeue(out var next, out var key))
        {
            if (next.Process.Engine.FindRequest(next.Request) is not null)
            {
                Now = key.Item1;
                return next.Process.Engine.Reply(next.Request, next.Reply);
            }
        }

        if (main.Status != ProcessStatus.Running)
        {
            return false;
        }

        foreach (var process in processes)
        {
            var request = process.Engine.Requests.FirstOrDefault(candidate => candidate.Kind is RequestKind.Event or RequestKind.HttpEndpoint && !candidate.Flag("case"));
            if (request is not null)
            {
                return process.Engine.Reply(request.Id, new EngineReply { Output = request.Kind == RequestKind.Event ? new Dictionary<string, object?> { ["name"] = request.Name } : [] });
            }
        }

        return false;
    }

    private string NextId() => string.Create(CultureInfo.InvariantCulture, $"instance-{processes.Count + 1}");
}

using System.Globalization;

namespace Ecosystem.Workflows.Definitions;

/// <summary>
/// Runs one process: a pure state machine. It executes activities in the order they were scheduled until nothing is left to execute,
/// and asks the world outside by <see cref="Requests"/>, which are answered with <see cref="Reply"/>. It reads time, randomness and ids
/// from its host only, so the same answers in the same order always give the same run: the Temporal workflow and the headless runner
/// are two shells around it. Not safe for use by several threads.
/// </summary>
internal sealed partial class ProcessEngine
{
    private readonly Queue<WorkItem> queue = new();
    private readonly Dictionary<long, EngineRequest> requests = [];
    private readonly EngineOptions options;
    private long lastInstance;
    private long lastRequest;
    private int burst;

    internal ProcessEngine(ProcessPlan plan, IProcessHost host, EngineOptions? options = null)
    {
        Plan = plan;
        Host = host;
        this.options = options ?? new EngineOptions();
        Name = plan.Document.Name;
        Random = new ProcessRandom(host.InstanceId);
        Top = new ActivityInstance(0, plan.Root, null) { OwnFrame = new ProcessFrame(plan) };
    }

    internal ProcessPlan Plan { get; }

    internal IProcessHost Host { get; }

    internal ProcessRandom Random { get; }

    internal ProcessStatus Status { get; private set; }

    /// <summary>What everything runs inside of: holds the definition's variables, inputs and outputs.</summary>
    internal ActivityInstance Top { get; }

    /// <summary>The name of the instance; set by <c>SetName</c>.</summary>
    internal string Name { get; set; }

    internal string? CorrelationId { get; set; }

    /// <summary>The activity a trigger started the process at.</summary>
    internal string? TriggerActivityId { get; private set; }

    /// <summary>The outcomes the process ended with.</summary>
    internal IReadOnlyList<string> Outcomes { get; private set; } = [];

    internal IReadOnlyDictionary<string, object?> Output => Top.OwnFrame!.Outputs;

    /// <summary>What is asked of the world outside, oldest first.</summary>
    internal IEnumerable<EngineRequest> Requests => requests.Values.OrderBy(request => request.Id);

    /// <summary>Requests that are no longer wanted, since the last time the shell took them.</summary>
    internal List<long> Withdrawn { get; } = [];

    internal List<JournalEntry> Journal { get; } = [];

    internal List<Incident> Incidents { get; } = [];

    /// <summary>Events the process publishes, since the last time the shell took them.</summary>
    internal List<(string Name, object? Payload, bool Local, string? CorrelationId)> Published { get; } = [];

    /// <summary>Child processes that were started without waiting for them, since the last time the shell took them.</summary>
    internal List<ChildStart> Dispatched { get; } = [];

    /// <summary>Where the case stands, in the definition's words; set by <c>SetStage</c>.</summary>
    internal string? Stage { get; set; }

    /// <summary>Who has to act, and what they have to do, as the definition last said it.</summary>
    internal (string? Who, string? What) WaitingFor { get; set; }

    /// <summary>What to answer the HTTP request with that started the process; null when nothing.</summary>
    internal Dictionary<string, object?>? HttpResponse { get; set; }

    /// <summary>What the last activity with a result gave.</summary>
    internal object? LastResult { get; private set; }

    /// <summary>Begins the process and runs it until it waits or ends.</summary>
    /// <param name="input">The definition's inputs.</param>
    /// <param name="triggerActivityId">The activity a trigger started it at, or null.</param>
    internal void Start(IReadOnlyDictionary<string, object?> input, string? triggerActivityId = null)
    {
        Status = ProcessStatus.Running;
        TriggerActivityId = triggerActivityId;
        Top.Declare(Plan.Variables);
        FillInputs(Top.OwnFrame!, input);
        Schedule(Top, Plan.Root);
        Run();
    }

    /// <summary>Answers a request and runs the process until it waits or ends. An answer to a request that was withdrawn is ignored.</summary>
    /// <param name="requestId">Which request.</param>
    /// <param name="reply">The answer.</param>
    /// <returns>False when the request was not open.</returns>
    internal bool Reply(long requestId, EngineReply reply)
    {
        if (Status != ProcessStatus.Running || !requests.Remove(requestId, out var request))
        {
            return false;
        }

        var instance = request.Instance;
        Guard(instance, () =>
        {
            if (instance.Tag == Undo)
            {
                TakeUndo(instance, request, reply);
            }
            else if (request.Kind == RequestKind.Incident && instance == Top)
            {
                SettleEnding(reply);
            }
            else if (request.Kind == RequestKind.Incident)
            {
                Settle(instance, reply);
            }
            else if (reply.Error is { } error)
            {
                throw new EngineFault(error);
            }
            else
            {
                Activities.For(instance.Node, Host).Resumed(this, instance, request, reply);
            }
        });
        Run();
        return true;
    }

    internal EngineRequest? FindRequest(long id) => requests.GetValueOrDefault(id);

    internal void Schedule(ActivityInstance owner, ActivityNode node, IReadOnlyDictionary<string, object?>? variables = null, string? tag = null) =>
        queue.Enqueue(new WorkItem(node, owner, variables, tag));

    /// <summary>Whether something of an instance's inside is still to execute or has not ended.</summary>
    internal bool HasPendingWork(ActivityInstance instance) =>
        instance.Children.Exists(child => child.Status is InstanceStatus.Running or InstanceStatus.Faulted)
        || queue.Any(item => item.Owner == instance || item.Owner.IsInside(instance));

    /// <summary>Whether an activity inside an instance is to be executed or executing.</summary>
    internal bool IsUnderWay(ActivityInstance owner, ActivityNode node) =>
        queue.Any(item => item.Owner == owner && item.Node == node) || owner.Children.Exists(child => child.Node == node && child.Status == InstanceStatus.Running);

    /// <summary>The activities inside an instance that are to be executed or executing.</summary>
    internal IEnumerable<ActivityNode> UnderWay(ActivityInstance owner) =>
        queue.Where(item => item.Owner == owner).Select(item => item.Node).Concat(owner.Children.Where(child => child.Status == InstanceStatus.Running).Select(child => child.Node));

    internal EngineRequest Ask(ActivityInstance instance, RequestKind kind, string name, Dictionary<string, object?>? data = null, DateTimeOffset? due = null)
    {
        var request = new EngineRequest(++lastRequest, instance, kind, name, data ?? [], due);
        requests.Add(request.Id, request);
        return request;
    }

    internal IEnumerable<EngineRequest> RequestsOf(ActivityInstance instance) => requests.Values.Where(request => request.Instance == instance);

    internal void Withdraw(ActivityInstance instance)
    {
        foreach (var request in requests.Values.Where(request => request.Instance == instance).ToList())
        {
            requests.Remove(request.Id);
            Withdrawn.Add(request.Id);
        }
    }

    /// <summary>Ends an instance with outcomes; what is still under way inside it is cancelled.</summary>
    internal void Complete(ActivityInstance instance, IReadOnlyList<string> outcomes, string? note = null, string? by = null, string status = "Completed")
    {
        if (instance.Status != InstanceStatus.Running)
        {
            return;
        }

        CancelChildren(instance);
        Withdraw(instance);
        instance.Status = InstanceStatus.Completed;
        Record(instance, status, outcomes.Count == 0 ? null : string.Join(", ", outcomes), note, by);
        Leave(instance);
        if (instance.Parent is { } parent)
        {
            if (parent == Top)
            {
                End(outcomes);
            }
            else if (parent.Status == InstanceStatus.Running)
            {
                Activities.For(parent.Node, Host).ChildCompleted(this, parent, instance, outcomes);
            }
        }
    }

    internal void Complete(ActivityInstance instance, params string[] outcomes) => Complete(instance, outcomes.Length == 0 ? Done : outcomes, null);

    /// <summary>Calls an instance off, with everything inside it.</summary>
    internal void CancelInstance(ActivityInstance instance)
    {
        if (instance.Status is InstanceStatus.Completed or InstanceStatus.Canceled)
        {
            return;
        }

        CancelChildren(instance);
        Withdraw(instance);
        instance.Status = InstanceStatus.Canceled;
        Record(instance, "Canceled", null);
        Leave(instance);
    }

    /// <summary>Ends the whole process at once.</summary>
    internal void Finish(IReadOnlyList<string> outcomes)
    {
        queue.Clear();
        CancelChildren(Top);
        End(outcomes);
    }

    /// <summary>Completes what stands between an instance and one of its ancestors, then the ancestor: what <c>Break</c> does.</summary>
    internal void CompleteUpTo(ActivityInstance instance, ActivityInstance ancestor, IReadOnlyList<string> outcomes)
    {
        for (var step = instance; step != ancestor; step = step.Parent!)
        {
            CancelChildren(step);
            Withdraw(step);
            step.Status = InstanceStatus.Completed;
            Record(step, "Completed", null);
            Leave(step);
        }

        Complete(ancestor, outcomes);
    }

    /// <summary>Keeps an output of an activity and captures it where the definition says so.</summary>
    internal void SetOutput(ActivityInstance instance, string name, object? value)
    {
        value = Values.Normalise(value);
        var frame = instance.OuterFrame;
        if (!frame.ActivityOutputs.TryGetValue(instance.Node.Id, out var outputs))
        {
            frame.ActivityOutputs[instance.Node.Id] = outputs = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        }

        outputs[name] = value;
        LastResult = value;
        if (instance.Node.Outputs.TryGetValue(name, out var output) && output.Reference is { } reference)
        {
            Assign(instance.Parent ?? Top, reference, value);
        }
    }

    /// <summary>Sets a variable that is in scope, or an output of the definition, named by id or name.</summary>
    internal void Assign(ActivityInstance from, string reference, object? value)
    {
        if (FindSlot(from, reference) is { } slot)
        {
            slot.Set(Values.Copy(value));
            if (!IsOutput(from.Frame, reference))
            {
                return;
            }
        }

        if (IsOutput(from.Frame, reference))
        {
            from.Frame.Outputs[reference] = Values.Copy(value);
        }
        else
        {
            TopOf(from).Declare(reference, reference, null, value);
        }
    }

    internal static VariableSlot? FindSlot(ActivityInstance from, string reference)
    {
        for (var instance = from; instance is not null; instance = instance.Parent)
        {
            foreach (var slot in instance.Slots)
            {
                if (slot.Id == reference || string.Equals(slot.Name, reference, StringComparison.Ordinal))
                {
                    return slot;
                }
            }
        }

        return null;
    }

    internal void Record(ActivityInstance instance, string status, string? outcome, string? note = null, string? by = null) =>
        Journal.Add(new JournalEntry(instance.Id, instance.Node.Id, instance.Node.Title, instance.Node.Type, status, outcome, Host.Now, note, by));

    internal void FillInputs(ProcessFrame frame, IReadOnlyDictionary<string, object?> input)
    {
        foreach (var pair in input)
        {
            frame.Inputs[pair.Key] = Values.Copy(pair.Value);
        }

        foreach (var declared in frame.Plan.Inputs)
        {
            if (!frame.Inputs.TryGetValue(declared.Name, out var value) || value is null)
            {
                value = Values.FromJson(declared.Default);
            }

            frame.Inputs[declared.Name] = Values.ConvertTo(value, declared.IsArray ? declared.TypeName + "[]" : declared.TypeName);
        }
    }

    private static readonly string[] Done = ["Done"];

    private static bool IsOutput(ProcessFrame frame, string name) => frame.Plan.Outputs.Any(output => string.Equals(output.Name, name, StringComparison.OrdinalIgnoreCase));

    private static ActivityInstance TopOf(ActivityInstance instance)
    {
        while (instance.OwnFrame is null)
        {
            instance = instance.Parent!;
        }

        return instance;
    }

    private void Run()
    {
        burst = 0;
        while (Status == ProcessStatus.Running && queue.TryDequeue(out var item))
        {
            var instance = new ActivityInstance(++lastInstance, item.Node, item.Owner) { Tag = item.Tag };
            item.Owner.Children.Add(instance);
            if (item.Variables is not null)
            {
                foreach (var pair in item.Variables)
                {
                    instance.Declare(pair.Key, pair.Key, null, pair.Value);
                }
            }

            if (++burst > options.MaxStepsPerBurst)
            {
                Fail(instance, string.Create(CultureInfo.InvariantCulture, $"More than {options.MaxStepsPerBurst} activities ran without a wait: this looks like a loop that never ends."));
                queue.Clear();
                break;
            }

            Guard(instance, () => Execute(instance));
        }

        if (Status == ProcessStatus.Running && queue.Count == 0 && failedForGood)
        {
            Status = ProcessStatus.Faulted;
            CancelRequests();
        }
    }

    private void Execute(ActivityInstance instance)
    {
        instance.Declare(instance.Node.Variables);
        Activities.For(instance.Node, Host).Execute(this, instance);
    }

    private void CancelRequests()
    {
        Withdrawn.AddRange(requests.Keys);
        requests.Clear();
    }

    private void CancelChildren(ActivityInstance instance)
    {
        Filter(item => item.Owner != instance && !item.Owner.IsInside(instance));
        foreach (var child in instance.Children.ToList())
        {
            CancelInstance(child);
        }
    }

    private void Filter(Func<WorkItem, bool> keep)
    {
        if (queue.Count == 0)
        {
            return;
        }

        var kept = queue.Where(keep).ToList();
        if (kept.Count != queue.Count)
        {
            queue.Clear();
            kept.ForEach(queue.Enqueue);
        }
    }

    private static void Leave(ActivityInstance instance) => instance.Parent?.Children.Remove(instance);
}

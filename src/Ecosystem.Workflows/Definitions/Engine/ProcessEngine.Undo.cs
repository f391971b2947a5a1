namespace Ecosystem.Workflows.Definitions;

/// <content>Undoing what is done when a process is called off.</content>
internal sealed partial class ProcessEngine
{
    private const string Undo = "undo";
    private readonly List<UndoEntry> undos = [];

    /// <summary>True from when the process was called off until everything is undone.</summary>
    internal bool IsUndoing { get; private set; }

    /// <summary>Keeps that a step is done which can be undone.</summary>
    internal void Remember(ActivityInstance instance, string step, IReadOnlyDictionary<string, object?> input, IReadOnlyDictionary<string, object?> output)
    {
        var data = new Dictionary<string, object?>(input, StringComparer.Ordinal);
        foreach (var pair in output)
        {
            data[pair.Key] = pair.Value;
        }

        undos.Add(new UndoEntry(instance.Node.Id, instance.Node.Title, step, data));
    }

    /// <summary>Calls the process off: everything that has not ended is cancelled, then what was done is undone, last first.</summary>
    internal void Cancel()
    {
        if (Status is not (ProcessStatus.Running or ProcessStatus.New) || IsUndoing)
        {
            return;
        }

        queue.Clear();
        CancelChildren(Top);
        Withdraw(Top);
        IsUndoing = true;
        UndoNext();
    }

    private void UndoNext()
    {
        if (undos.Count == 0)
        {
            IsUndoing = false;
            Status = ProcessStatus.Cancelled;
            CancelRequests();
            return;
        }

        var instance = new ActivityInstance(++lastInstance, Plan.Root, Top) { Tag = Undo };
        Top.Children.Add(instance);
        Ask(instance, RequestKind.Step, undos[^1].Step, undos[^1].Data);
    }

    private void TakeUndo(ActivityInstance instance, EngineRequest request, EngineReply reply)
    {
        var entry = undos[^1];
        if (request.Kind == RequestKind.Incident && reply.Outcome == "Retry")
        {
            RecordUndo(instance, entry, "Retried", reply.Note, reply.By);
            Ask(instance, RequestKind.Step, entry.Step, entry.Data);
            return;
        }

        if (request.Kind != RequestKind.Incident && reply.Error is { } error)
        {
            Incidents.Add(new Incident(instance.Id, entry.ActivityId, entry.Name, entry.Step, error, Host.Now));
            RecordUndo(instance, entry, "Faulted", error, null);
            if (options.HoldIncidents)
            {
                Ask(instance, RequestKind.Incident, entry.ActivityId, new Dictionary<string, object?> { ["message"] = error, ["title"] = $"Undo '{entry.Name}'" });
                return;
            }
        }
        else
        {
            RecordUndo(instance, entry, request.Kind == RequestKind.Incident ? "Skipped" : "Undone", reply.Note, reply.By);
        }

        undos.RemoveAt(undos.Count - 1);
        instance.Status = InstanceStatus.Completed;
        Leave(instance);
        UndoNext();
    }

    private void RecordUndo(ActivityInstance instance, UndoEntry entry, string status, string? note, string? by) =>
        Journal.Add(new JournalEntry(instance.Id, entry.ActivityId, entry.Name, entry.Step, status, null, Host.Now, note, by));
}

using System.Globalization;
using System.Text.Json.Nodes;

namespace Ecosystem.Workflows.Definitions;

/// <content>Writing the state of a process that rests, and going on from it.</content>
internal sealed partial class ProcessEngine
{
    /// <summary>Writes the state. Only a process that rests (everything that can execute has) can be written.</summary>
    internal JsonObject Snapshot()
    {
        if (queue.Count > 0)
        {
            throw new InvalidOperationException("A process that is executing cannot be written.");
        }

        var instances = new JsonArray();
        WriteInstance(Top, instances);
        return new JsonObject
        {
            ["status"] = Status.ToString(),
            ["name"] = Name,
            ["correlationId"] = CorrelationId,
            ["trigger"] = TriggerActivityId,
            ["stage"] = Stage,
            ["who"] = WaitingFor.Who,
            ["what"] = WaitingFor.What,
            ["lastInstance"] = lastInstance,
            ["lastRequest"] = lastRequest,
            ["drawn"] = Random.Drawn,
            ["failed"] = failedForGood,
            ["last"] = Values.ToJson(LastResult),
            ["undoing"] = IsUndoing,
            ["undos"] = new JsonArray([.. undos.Select(entry => new JsonArray(entry.ActivityId, entry.Name, entry.Step, Values.ToJson(entry.Data)))]),
            ["ending"] = ending is null ? null : new JsonArray([.. ending.Select(outcome => (JsonNode)outcome)]),
            ["instances"] = instances,
            ["requests"] = new JsonArray([.. Requests.Select(request => new JsonObject
            {
                ["id"] = request.Id,
                ["instance"] = request.Instance.Id,
                ["kind"] = request.Kind.ToString(),
                ["name"] = request.Name,
                ["data"] = Values.ToJson(request.Data),
                ["due"] = request.Due is { } due ? Values.Text(due) : null,
            })]),
        };
    }

    /// <summary>Takes up a process where a snapshot left it.</summary>
    internal static ProcessEngine Restore(ProcessPlan plan, IProcessHost host, EngineOptions options, JsonObject state)
    {
        var engine = new ProcessEngine(plan, host, options)
        {
            Status = Enum.Parse<ProcessStatus>(state.Text("status")!),
            Name = state.Text("name") ?? "",
            CorrelationId = state.Text("correlationId"),
            TriggerActivityId = state.Text("trigger"),
            Stage = state.Text("stage"),
            WaitingFor = (state.Text("who"), state.Text("what")),
            LastResult = Values.FromJson(state["last"]),
            lastInstance = (long)state.Number("lastInstance")!,
            lastRequest = (long)state.Number("lastRequest")!,
            failedForGood = state.Flag("failed"),
            IsUndoing = state.Flag("undoing"),
            ending = state["ending"] is JsonArray outcomes ? [.. outcomes.Select(outcome => (string)outcome!)] : null,
        };
        engine.undos.AddRange((state["undos"] as JsonArray ?? []).OfType<JsonArray>().Select(entry => new UndoEntry((string)entry[0]!, (string)entry[1]!, (string)entry[2]!, Map(entry[3]))));
        engine.Random.Drawn = (long)state.Number("drawn")!;
        var instances = new Dictionary<long, ActivityInstance>();
        foreach (var json in state.Objects("instances"))
        {
            engine.ReadInstance(json, instances);
        }

        foreach (var json in state.Objects("requests"))
        {
            var id = (long)json.Number("id")!;
            engine.requests[id] = new EngineRequest(
                id,
                instances[(long)json.Number("instance")!],
                Enum.Parse<RequestKind>(json.Text("kind")!),
                json.Text("name")!,
                Map(json["data"]),
                json.Text("due") is { } due ? DateTimeOffset.Parse(due, CultureInfo.InvariantCulture) : null);
        }

        return engine;
    }

    private static Dictionary<string, object?> Map(JsonNode? node) => Values.FromJson(node) as Dictionary<string, object?> ?? [];

    private static void WriteInstance(ActivityInstance instance, JsonArray into)
    {
        var json = new JsonObject { ["id"] = instance.Id };
        if (instance.Parent is { } parent)
        {
            json["node"] = instance.Node.Index;
            json["parent"] = parent.Id;
        }

        if (instance.Status != InstanceStatus.Running)
        {
            json["status"] = instance.Status.ToString();
        }

        if (instance.HasFaultedChild)
        {
            json["faultedChild"] = true;
        }

        if (instance.Slots.Count > 0)
        {
            json["slots"] = new JsonArray([.. instance.Slots.Select(slot => new JsonArray(slot.Id, slot.Name, slot.TypeName, Values.ToJson(slot.Value)))]);
        }

        if (instance.State.Count > 0)
        {
            json["state"] = Values.ToJson(instance.State);
        }

        if (instance.Tag is { } tag)
        {
            json["tag"] = tag;
        }

        if (instance.Flow is { } flow)
        {
            json["flow"] = flow.Write();
        }

        if (instance.OwnFrame is { } frame)
        {
            json["frame"] = new JsonObject
            {
                ["hash"] = frame.Plan.Document.ContentHash,
                ["inputs"] = Values.ToJson(frame.Inputs),
                ["outputs"] = Values.ToJson(frame.Outputs),
                ["activities"] = Values.ToJson(frame.ActivityOutputs.ToDictionary(pair => pair.Key, pair => (object?)pair.Value)),
            };
        }

        into.Add(json);
        foreach (var child in instance.Children)
        {
            WriteInstance(child, into);
        }
    }

    private void ReadInstance(JsonObject json, Dictionary<long, ActivityInstance> instances)
    {
        var id = (long)json.Number("id")!;
        ActivityInstance instance;
        if (json.Number("parent") is { } parentId)
        {
            var parent = instances[(long)parentId];
            instance = new ActivityInstance(id, parent.Frame.Plan.Nodes[(int)json.Number("node")!], parent);
            parent.Children.Add(instance);
        }
        else
        {
            instance = Top;
        }

        instances[id] = instance;
        instance.Status = json.Text("status") is { } status ? Enum.Parse<InstanceStatus>(status) : InstanceStatus.Running;
        instance.HasFaultedChild = json.Flag("faultedChild");
        foreach (var slot in (json["slots"] as JsonArray ?? []).OfType<JsonArray>())
        {
            instance.Declare((string)slot[0]!, (string)slot[1]!, (string?)slot[2], Values.FromJson(slot[3]));
        }

        foreach (var pair in Map(json["state"]))
        {
            instance.State[pair.Key] = pair.Value;
        }

        instance.Tag = json.Text("tag");
        if (json["flow"] is JsonObject flow)
        {
            instance.Flow = FlowState.Read(flow);
        }

        if (json["frame"] is JsonObject frame)
        {
            ReadFrame(instance, frame);
        }
    }

    private void ReadFrame(ActivityInstance instance, JsonObject json)
    {
        var hash = json.Text("hash")!;
        var own = instance == Top
            ? Top.OwnFrame!
            : instance.OwnFrame = new ProcessFrame(Host.FindPlan(hash, null) ?? throw new InvalidOperationException($"The definition with the content {hash} is gone."));
        foreach (var pair in Map(json["inputs"]))
        {
            own.Inputs[pair.Key] = pair.Value;
        }

        foreach (var pair in Map(json["outputs"]))
        {
            own.Outputs[pair.Key] = pair.Value;
        }

        foreach (var pair in Map(json["activities"]))
        {
            own.ActivityOutputs[pair.Key] = new Dictionary<string, object?>((Dictionary<string, object?>)pair.Value!, StringComparer.OrdinalIgnoreCase);
        }
    }
}

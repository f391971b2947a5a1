namespace Ecosystem.Workflows.Definitions;

/// <summary>Runs another definition as a process of its own.</summary>
/// <param name="dispatch">True for <c>DispatchWorkflow</c>, whose result is the child's output; false for <c>ExecuteWorkflow</c>, whose result tells how it ended.</param>
internal sealed class ChildBehavior(bool dispatch) : ActivityBehavior
{
    internal override void Execute(ProcessEngine engine, ActivityInstance instance)
    {
        var reference = engine.RequiredText(instance, "workflowDefinitionId");
        if (engine.Host.FindPlan(reference, null) is null)
        {
            throw new EngineFault($"'{instance.Node.Title}' starts the definition '{reference}', which is not published.");
        }

        var input = new Dictionary<string, object?>(engine.MapInput(instance, "input"), StringComparer.Ordinal) { ["ParentInstanceId"] = engine.Host.InstanceId };
        var correlation = engine.TextInput(instance, "correlationId");
        if (dispatch && !engine.FlagInput(instance, "waitForCompletion"))
        {
            var id = engine.Random.NextGuid().ToString("N");
            engine.Dispatched.Add(new ChildStart(id, reference, input, correlation));
            engine.SetOutput(instance, "childInstanceId", id);
            engine.Complete(instance);
            return;
        }

        engine.Ask(instance, RequestKind.Child, reference, new Dictionary<string, object?>
        {
            ["input"] = input,
            ["correlationId"] = correlation,
            ["wait"] = dispatch || engine.FlagInput(instance, "waitForCompletion"),
        });
    }

    internal override void Resumed(ProcessEngine engine, ActivityInstance instance, EngineRequest request, EngineReply reply)
    {
        engine.SetOutput(instance, "result", dispatch
            ? reply.Output.GetValueOrDefault("output")
            : new Dictionary<string, object?>
            {
                ["WorkflowInstanceId"] = reply.Output.GetValueOrDefault("instanceId"),
                ["Status"] = reply.Output.GetValueOrDefault("status"),
                ["SubStatus"] = reply.Output.GetValueOrDefault("subStatus"),
                ["Output"] = reply.Output.GetValueOrDefault("output"),
            });
        engine.Complete(instance, reply.Outcome ?? "Done");
    }
}

/// <summary>Starts a process of a definition for each of some items.</summary>
internal sealed class BulkChildBehavior : ActivityBehavior
{
    internal override void Execute(ProcessEngine engine, ActivityInstance instance)
    {
        var reference = engine.RequiredText(instance, "workflowDefinitionId");
        if (engine.Host.FindPlan(reference, null) is null)
        {
            throw new EngineFault($"'{instance.Node.Title}' starts the definition '{reference}', which is not published.");
        }

        var items = engine.ListInput(instance, "items");
        var wait = engine.FlagInput(instance, "waitForCompletion", true);
        var key = engine.TextInput(instance, "defaultItemInputKey") is { Length: > 0 } name ? name : "Item";
        var common = engine.MapInput(instance, "input");
        foreach (var item in items)
        {
            var input = new Dictionary<string, object?>(common);
            if (item is Dictionary<string, object?> map)
            {
                foreach (var pair in map)
                {
                    input[pair.Key] = pair.Value;
                }
            }
            else
            {
                input[key] = item;
            }

            input["ParentInstanceId"] = engine.Host.InstanceId;
            var correlation = CorrelationOf(engine, instance, key, item);
            if (wait)
            {
                engine.Ask(instance, RequestKind.Child, reference, new Dictionary<string, object?> { ["input"] = input, ["correlationId"] = correlation, ["wait"] = true });
            }
            else
            {
                engine.Dispatched.Add(new ChildStart(engine.Random.NextGuid().ToString("N"), reference, input, correlation));
            }
        }

        if (!wait || items.Count == 0)
        {
            engine.Complete(instance);
        }
    }

    internal override void ChildCompleted(ProcessEngine engine, ActivityInstance instance, ActivityInstance child, IReadOnlyList<string> outcomes) => EndWhenDone(engine, instance);

    internal override void Resumed(ProcessEngine engine, ActivityInstance instance, EngineRequest request, EngineReply reply)
    {
        var failed = reply.Output.GetValueOrDefault("subStatus") is "Faulted";
        if (failed)
        {
            instance.State["faulted"] = true;
        }

        if (instance.Node.Port(failed ? "childFaulted" : "childCompleted") is { } port)
        {
            engine.Schedule(instance, port, new Dictionary<string, object?> { ["ChildInstanceId"] = reply.Output.GetValueOrDefault("instanceId"), ["ChildResult"] = reply.Output.GetValueOrDefault("output") });
        }

        EndWhenDone(engine, instance);
    }

    // The expression sees the item under the key's name, as the child does.
    private static string? CorrelationOf(ProcessEngine engine, ActivityInstance instance, string key, object? item)
    {
        if (instance.Node.Json["correlationIdFunction"] is not System.Text.Json.Nodes.JsonObject function)
        {
            return null;
        }

        instance.Declare(key, key, null, item);
        var expression = PlanReader.ReadExpression(function["expression"] as System.Text.Json.Nodes.JsonObject ?? function);
        return engine.Evaluate(instance, expression) is { } value && Values.ToText(value) is { Length: > 0 } text ? text : null;
    }

    private static void EndWhenDone(ProcessEngine engine, ActivityInstance instance)
    {
        if (!engine.RequestsOf(instance).Any() && !engine.HasPendingWork(instance))
        {
            engine.Complete(instance, "Completed", "Done");
        }
    }
}

/// <summary>Calls another system over HTTP.</summary>
/// <param name="flow">True for the flowchart's form, whose outcomes are status codes; false for the form with activities inside.</param>
internal sealed class HttpRequestBehavior(bool flow) : ActivityBehavior
{
    internal override void Execute(ProcessEngine engine, ActivityInstance instance)
    {
        var url = engine.RequiredText(instance, "url");
        engine.Ask(instance, RequestKind.Http, url, new Dictionary<string, object?>
        {
            ["url"] = url,
            ["method"] = engine.TextInput(instance, "method") is { Length: > 0 } method ? method : "GET",
            ["content"] = engine.Input(instance, "content"),
            ["contentType"] = engine.TextInput(instance, "contentType"),
            ["authorization"] = engine.TextInput(instance, "authorization"),
            ["headers"] = engine.MapInput(instance, "requestHeaders"),
        });
    }

    internal override void Resumed(ProcessEngine engine, ActivityInstance instance, EngineRequest request, EngineReply reply)
    {
        var status = Values.ToText(reply.Output.GetValueOrDefault("statusCode"));
        foreach (var (output, source) in new[] { ("statusCode", "statusCode"), ("parsedContent", "content"), ("responseHeaders", "headers"), ("result", "content") })
        {
            if (reply.Output.TryGetValue(source, out var value))
            {
                engine.SetOutput(instance, output, value);
            }
        }

        var unreachable = reply.Output.GetValueOrDefault("failure") as string;
        if (flow)
        {
            var expected = engine.ListInput(instance, "expectedStatusCodes").Select(Values.ToText).ToList();
            string[] outcomes = (unreachable, expected.Count) switch
            {
                ({ } failure, _) => [failure],
                (null, 0) => ["Done"],
                _ => [expected.Contains(status, StringComparer.Ordinal) ? status : "Unmatched status code", "Done"],
            };
            engine.Complete(instance, outcomes);
            return;
        }

        var port = unreachable switch
        {
            "Timeout" => instance.Node.Port("timeout"),
            { } => instance.Node.Port("failedToConnect"),
            null => Expected(instance, status) ?? instance.Node.Port("unmatchedStatusCode"),
        };
        if (port is null)
        {
            engine.Complete(instance);
        }
        else
        {
            engine.Schedule(instance, port);
        }
    }

    private static ActivityNode? Expected(ActivityInstance instance, string status)
    {
        var cases = instance.Node.Json["expectedStatusCodes"] as System.Text.Json.Nodes.JsonArray;
        var match = cases?.OfType<System.Text.Json.Nodes.JsonObject>().FirstOrDefault(item => item.Text("statusCode") == status);
        return match?["activity"] is System.Text.Json.Nodes.JsonObject activity ? instance.Node.Children.FirstOrDefault(child => child.Json == activity) : null;
    }
}

/// <summary>Answers the HTTP request that started the process.</summary>
internal sealed class HttpResponseBehavior : ActivityBehavior
{
    internal override void Execute(ProcessEngine engine, ActivityInstance instance)
    {
        engine.HttpResponse = new Dictionary<string, object?>
        {
            ["statusCode"] = Status(engine, instance),
            ["content"] = engine.Input(instance, "content"),
            ["contentType"] = engine.TextInput(instance, "contentType"),
            ["headers"] = engine.MapInput(instance, "responseHeaders"),
        };
        engine.Complete(instance);
    }

    // Elsa's editor writes the name of a status, people write its number.
    private static decimal Status(ProcessEngine engine, ActivityInstance instance) =>
        engine.TextInput(instance, "statusCode") is { } text && Enum.TryParse<System.Net.HttpStatusCode>(text, true, out var status)
            ? (int)status
            : engine.NumberInput(instance, "statusCode", 200);
}

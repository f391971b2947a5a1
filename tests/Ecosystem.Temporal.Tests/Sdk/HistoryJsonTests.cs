using System.Text.Json;
using System.Text.RegularExpressions;
using Ecosystem.Temporal.Tests.Wire;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Worker;

namespace Ecosystem.Temporal.Tests.Sdk;

/// <summary>Histories as JSON: the form that "temporal workflow show -o json" prints, which any SDK replays.</summary>
public sealed partial class HistoryJsonTests
{
    /// <summary>What the recordings' plain client never says, and SDKs do.</summary>
    private static readonly HashSet<string> OfSdks =
    [
        "userMetadata", "eventGroupMarkers", ".sdkMetadata", ".meteringMetadata", ".workerVersion", ".header", ".useWorkflowBuildId", ".inheritBuildId", ".input", ".retryPolicy", ".result", ".control", ".memo",
    ];

    [Fact]
    public async Task Json_OfARunsHistory_IsReadBackAndReplays()
    {
        await using var sdk = await SdkService.StartAsync();
        foreach (var id in await RunAsync(sdk.Client))
        {
            var history = await sdk.Client.GetWorkflowHandle(id).FetchHistoryAsync();
            var read = WorkflowHistory.FromJson(id, history.ToJson());
            Assert.Equal(history.Events, read.Events);
            var replayer = new WorkflowReplayer(new WorkflowReplayerOptions()
                .AddWorkflow<OneActivityWorkflow>().AddWorkflow<ParentWorkflow>().AddWorkflow<CounterWorkflow>());
            Assert.Null((await replayer.ReplayWorkflowAsync(read, throwOnReplayFailure: false)).ReplayFailure);
        }
    }

    [Fact]
    public async Task Json_OfARunsHistory_HasTheServersNamesNumbersBytesAndTimes()
    {
        await using var sdk = await SdkService.StartAsync();
        await sdk.Client.ExecuteWorkflowAsync((OneActivityWorkflow workflow) => workflow.RunAsync(21), new("one", "q"));
        var started = (await EventsAsync(sdk.Client, "one"))[0];
        Assert.Equal("EVENT_TYPE_WORKFLOW_EXECUTION_STARTED", started.GetProperty("eventType").GetString());
        Assert.Equal("1", started.GetProperty("eventId").GetString());
        Assert.Matches(Time(), started.GetProperty("eventTime").GetString());
        var attributes = started.GetProperty("workflowExecutionStartedEventAttributes");
        Assert.Equal("TASK_QUEUE_KIND_NORMAL", attributes.GetProperty("taskQueue").GetProperty("kind").GetString());
        Assert.Equal("10s", attributes.GetProperty("workflowTaskTimeout").GetString());
        Assert.Equal(
            """{"metadata":{"encoding":"anNvbi9wbGFpbg=="},"data":"MjE="}""",
            JsonSerializer.Serialize(attributes.GetProperty("input").GetProperty("payloads")[0]));
    }

    /// <summary>Every event of a type that was recorded has what all of them have, and nothing that none has.</summary>
    [Fact]
    public async Task Json_OfARunsHistory_HasTheFieldsOfTheRecordedOnes()
    {
        Assert.SkipWhen(RecordedConversations.Folder is null, "The recordings are not there.");
        var recorded = new Dictionary<string, (HashSet<string> Always, HashSet<string> Ever)>(StringComparer.Ordinal);
        foreach (var fields in Directory.EnumerateFiles(RecordedConversations.Folder!, "*.json").SelectMany(Recorded))
        {
            var type = fields.Type;
            if (!recorded.TryGetValue(type, out var known))
            {
                recorded[type] = known = ([.. fields.Names], []);
            }

            known.Always.IntersectWith(fields.Names);
            known.Ever.UnionWith(fields.Names);
        }

        await using var sdk = await SdkService.StartAsync();
        foreach (var id in await RunAsync(sdk.Client))
        {
            foreach (var e in await EventsAsync(sdk.Client, id))
            {
                var (type, names) = Fields(e);
                if (!recorded.ContainsKey(type))
                {
                    continue;
                }

                Assert.True(recorded[type].Always.IsSubsetOf(names), $"{type} lacks {string.Join(", ", recorded[type].Always.Except(names))}.");
                names.ExceptWith(OfSdks);
                Assert.True(names.IsSubsetOf(recorded[type].Ever), $"{type} has {string.Join(", ", names.Except(recorded[type].Ever))}.");
            }
        }
    }

    /// <summary>Runs that leave events of most types.</summary>
    private static async Task<string[]> RunAsync(TemporalClient client)
    {
        await client.ExecuteWorkflowAsync((OneActivityWorkflow workflow) => workflow.RunAsync(21), new("one", "q"));
        await client.ExecuteWorkflowAsync((ParentWorkflow workflow) => workflow.RunAsync(2), new("parent", "q"));
        var counter = await client.StartWorkflowAsync((CounterWorkflow workflow) => workflow.RunAsync(1), new("counter", "q"));
        await counter.ExecuteUpdateAsync(workflow => workflow.AddNowAsync(2));
        await counter.StartUpdateAsync(workflow => workflow.AddSlowlyAsync(2), new(WorkflowUpdateStage.Accepted));
        await counter.SignalAsync(workflow => workflow.AddAsync(3));
        await counter.CancelAsync();
        await Assert.ThrowsAsync<Temporalio.Exceptions.WorkflowFailedException>(() => counter.GetResultAsync());
        return ["one", "parent", "counter"];
    }

    private static async Task<List<JsonElement>> EventsAsync(TemporalClient client, string id)
    {
        using var document = JsonDocument.Parse((await client.GetWorkflowHandle(id).FetchHistoryAsync()).ToJson());
        return [.. document.RootElement.Clone().GetProperty("events").EnumerateArray()];
    }

    private static IEnumerable<(string Type, HashSet<string> Names)> Recorded(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        return [.. Events(document.RootElement).Select(Fields)];
    }

    /// <summary>Every event that an answer holds, wherever it stands; an event of an answer has a time, one that was only named has none.</summary>
    private static IEnumerable<JsonElement> Events(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object when element.TryGetProperty("eventType", out _) && element.TryGetProperty("eventTime", out _) => [element],
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Events(property.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Events),
        _ => [],
    };

    private static (string Type, HashSet<string> Names) Fields(JsonElement e)
    {
        HashSet<string> names = [];
        foreach (var property in e.EnumerateObject())
        {
            names.Add(property.Name);
            if (property.Name.EndsWith("EventAttributes", StringComparison.Ordinal))
            {
                names.UnionWith(property.Value.EnumerateObject().Select(attribute => $".{attribute.Name}"));
            }
        }

        return (e.GetProperty("eventType").GetString()!, names);
    }

    [GeneratedRegex(@"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.(\d{3}){1,3})?Z\z")]
    private static partial Regex Time();
}

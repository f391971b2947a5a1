using System.Text.Json.Nodes;

namespace Ecosystem.Temporal.Tests.Wire;

/// <summary>Conversations that nobody recorded, written down from what the server's source says, and the player's own honesty.</summary>
public sealed class OwnConversationTests
{
    private const string Start = """
        {"call": "WorkflowService.StartWorkflowExecution", "request": {"namespace": "default", "workflowId": "wf-${tag}", "workflowType": {"name": "T"}, "taskQueue": {"name": "tq-${tag}"}, "requestId": "request-1"DELAY},
         "response": {"runId": "${runId.1}", "started": true, "link": {"workflowEvent": {"namespace": "default", "workflowId": "wf-${tag}", "runId": "${runId.1}", "eventRef": {"eventId": "1", "eventType": "EVENT_TYPE_WORKFLOW_EXECUTION_STARTED"}}}, "status": "WORKFLOW_EXECUTION_STATUS_RUNNING", "firstExecutionRunId": "${runId.1}"}},
        """;

    private static readonly string Started = Start.Replace("DELAY", "", StringComparison.Ordinal);

    private static readonly string Delayed = Start.Replace("DELAY", """, "workflowStartDelay": "600s" """, StringComparison.Ordinal);

    [Fact]
    public async Task Query_RunClosedBeforeItsFirstTask_IsRefused() => await SameAsync(Started + """
        {"call": "WorkflowService.TerminateWorkflowExecution", "request": {"namespace": "default", "workflowExecution": {"workflowId": "wf-${tag}"}}, "response": {}},
        {"call": "WorkflowService.QueryWorkflow", "request": {"namespace": "default", "execution": {"workflowId": "wf-${tag}"}, "query": {"queryType": "state"}},
         "error": {"code": "FAILED_PRECONDITION", "message": "Workflow execution closed before WorkflowTaskStarted event", "details": [{"@type": "temporal.api.errordetails.v1.WorkflowNotReadyFailure"}]}}
        """);

    [Fact]
    public async Task Query_RunThatStartsAfterTheDeadline_IsRefusedAtOnce() => await SameAsync(Delayed + """
        {"call": "WorkflowService.QueryWorkflow", "request": {"namespace": "default", "execution": {"workflowId": "wf-${tag}"}, "query": {"queryType": "state"}},
         "error": {"code": "FAILED_PRECONDITION", "message": "Workflow task is not scheduled yet.", "details": [{"@type": "temporal.api.errordetails.v1.WorkflowNotReadyFailure"}]}}
        """);

    [Fact]
    public async Task Query_AnotherWaitsForTheSameTask_IsRefused() => await SameAsync(Started + """
        {"call": "WorkflowService.QueryWorkflow", "request": {"namespace": "default", "execution": {"workflowId": "wf-${tag}"}, "query": {"queryType": "first"}}, "begin": "first", "deadline": "3s"},
        {"call": "WorkflowService.QueryWorkflow", "request": {"namespace": "default", "execution": {"workflowId": "wf-${tag}"}, "query": {"queryType": "second"}}, "deadline": "3s",
         "error": {"code": "RESOURCE_EXHAUSTED", "message": "consistent query buffer is full, this may be caused by too many queries and workflow not able to process query fast enough",
                   "details": [{"@type": "temporal.api.errordetails.v1.ResourceExhaustedFailure", "cause": "RESOURCE_EXHAUSTED_CAUSE_BUSY_WORKFLOW", "scope": "RESOURCE_EXHAUSTED_SCOPE_NAMESPACE"}]}}
        """);

    /// <summary>Over the wire, as SDKs ask for the task only where their own worker may take it.</summary>
    [Fact]
    public async Task EagerStart_SentAgain_GetsItsTaskAgain()
    {
        var eager = Start.Replace("DELAY", ", \"requestEagerExecution\": true", StringComparison.Ordinal)
            .Replace("\"response\": {", "\"response\": {\"eagerWorkflowTask\": \"<any>\", ", StringComparison.Ordinal);
        await SameAsync(eager + eager.TrimEnd().TrimEnd(','));
    }

    [Theory]
    [InlineData("""{}""", "unsupported link variant")]
    [InlineData("""{"batchJob": {}}""", "batch job link must not have an empty job ID")]
    [InlineData("""{"workflowEvent": {"namespace": "default"}}""", "workflow event link must not have an empty workflow ID field")]
    [InlineData("""{"workflowEvent": {"namespace": "n", "workflowId": "w", "runId": "r", "eventRef": {"eventId": "3"}}}""", "workflow event link ref cannot have an unspecified event type and a non-zero event ID")]
    public async Task Signal_LinkThatLeadsNowhere_IsRefused(string link, string message) => await SameAsync(
        """{"call": "WorkflowService.SignalWorkflowExecution", "request": {"namespace": "default", "workflowExecution": {"workflowId": "wf-${tag}"}, "signalName": "s", "links": [LINK]}, "error": {"code": "INVALID_ARGUMENT", "message": "MESSAGE", "details": []}}"""
            .Replace("LINK", link, StringComparison.Ordinal)
            .Replace("MESSAGE", message, StringComparison.Ordinal));

    [Fact]
    public async Task Lists_FiltersThatCannotBe_AreRefused() => await SameAsync("""
        {"call": "WorkflowService.ListOpenWorkflowExecutions", "request": {"namespace": "default", "startTimeFilter": {"earliestTime": "2026-02-01T00:00:00Z", "latestTime": "2026-01-01T00:00:00Z"}},
         "error": {"code": "INVALID_ARGUMENT", "message": "EarliestTime in StartTimeFilter should not be larger than LatestTime.", "details": []}},
        {"call": "WorkflowService.ListClosedWorkflowExecutions", "request": {"namespace": "default", "statusFilter": {"status": "WORKFLOW_EXECUTION_STATUS_RUNNING"}},
         "error": {"code": "INVALID_ARGUMENT", "message": "StatusFilter must be specified and must be not Running.", "details": []}}
        """);

    [Fact]
    public async Task Player_RecordedValueChanged_ReportsTheField()
    {
        var differences = await PlayAsync(Started.Replace("STATUS_RUNNING", "STATUS_PAUSED", StringComparison.Ordinal).TrimEnd().TrimEnd(','));
        Assert.Contains(differences, difference => difference.Contains("status", StringComparison.Ordinal));
    }

    private static async Task SameAsync(string steps) => Assert.Empty(await PlayAsync(steps));

    private static async Task<IReadOnlyList<string>> PlayAsync(string steps)
    {
        await using var service = await EmbeddedTemporal.StartAsync(new EmbeddedTemporalOptions());
        using var player = new WirePlayer(service.Address);
        var scenario = new WireScenario("own", "", [.. JsonNode.Parse($"[{steps}]")!.AsArray().Select(step => step!.AsObject())]);
        return (await player.PlayAsync([scenario]))[0].Differences;
    }
}

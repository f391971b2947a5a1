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

    [Theory]
    [InlineData("""{}""", "Update meta is not set on request.")]
    [InlineData("""{"meta": {}}""", "Update input is not set on request.")]
    [InlineData("""{"meta": {}, "input": {}}""", "Update name is not set on request.")]
    public async Task Update_PartsMissing_SaysWhich(string update, string message) => await SameAsync(
        """{"call": "WorkflowService.UpdateWorkflowExecution", "request": {"namespace": "default", "workflowExecution": {"workflowId": "wf-${tag}"}, "request": UPDATE}, "error": {"code": "INVALID_ARGUMENT", "message": "MESSAGE", "details": []}}"""
            .Replace("UPDATE", update, StringComparison.Ordinal)
            .Replace("MESSAGE", message, StringComparison.Ordinal));

    [Theory]
    [InlineData("""{"workflowId": "wf", "workflowType": {"name": "T"}, "taskQueue": {"name": "q"}, "cronSchedule": "* * * * *"}""", "Scheduled workflow must not contain CronSchedule")]
    [InlineData("""{"workflowId": "wf", "workflowType": {"name": "T"}, "taskQueue": {"name": "q"}, "workflowIdReusePolicy": "WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE"}""", "Scheduled workflow must not contain WorkflowIDReusePolicy")]
    [InlineData("""{"taskQueue": {"name": "q"}}""", "WorkflowType is not set on request.")]
    public async Task Schedule_ActionThatCannotBeScheduled_IsRefused(string action, string message) => await SameAsync(
        """{"call": "WorkflowService.CreateSchedule", "request": {"namespace": "default", "scheduleId": "s-${tag}", "requestId": "r", "schedule": {"action": {"startWorkflow": ACTION}}}, "error": {"code": "INVALID_ARGUMENT", "message": "MESSAGE", "details": []}}"""
            .Replace("ACTION", action, StringComparison.Ordinal)
            .Replace("MESSAGE", message, StringComparison.Ordinal));

    [Fact]
    public async Task Schedule_Deleted_HasEndedRatherThanNeverBeen()
    {
        const string Create = """
            {"call": "WorkflowService.CreateSchedule", "request": {"namespace": "default", "scheduleId": "s-${tag}", "requestId": "REQUEST", "schedule": {"spec": {"interval": [{"interval": "86400s"}]}, "action": {"startWorkflow": {"workflowId": "w-${tag}", "workflowType": {"name": "T"}, "taskQueue": {"name": "q-${tag}"}}}}}, "response": {"conflictToken": "AAAAAAAAAAE="}},
            """;
        const string Ended = """, "error": {"code": "NOT_FOUND", "message": "MESSAGE", "details": [{"@type": "temporal.api.errordetails.v1.NotFoundFailure"}]}},""";
        var completed = Ended.Replace("MESSAGE", "workflow execution already completed", StringComparison.Ordinal);
        var gone = """{"call": "WorkflowService.DescribeSchedule", "request": {"namespace": "default", "scheduleId": "s-${tag}"}""" + Ended.Replace("MESSAGE", "schedule not found", StringComparison.Ordinal);
        await SameAsync(Create.Replace("REQUEST", "first", StringComparison.Ordinal)
            + """{"call": "WorkflowService.DeleteSchedule", "request": {"namespace": "default", "scheduleId": "s-${tag}"}, "response": {}},"""
            + gone
            + """{"call": "WorkflowService.DeleteSchedule", "request": {"namespace": "default", "scheduleId": "s-${tag}"}""" + completed
            + """{"call": "WorkflowService.PatchSchedule", "request": {"namespace": "default", "scheduleId": "s-${tag}", "patch": {"pause": "x"}}""" + completed
            + """{"call": "WorkflowService.ListScheduleMatchingTimes", "request": {"namespace": "default", "scheduleId": "s-${tag}", "startTime": "2026-01-01T12:00:00Z", "endTime": "2026-01-02T12:00:00Z"}, "response": {"startTime": ["2026-01-02T00:00:00Z"]}},"""
            + Create.Replace("REQUEST", "first", StringComparison.Ordinal)
            + gone
            + Create.Replace("REQUEST", "second", StringComparison.Ordinal)
            + """{"call": "WorkflowService.DescribeSchedule", "request": {"namespace": "default", "scheduleId": "s-${tag}"}, "response": "<any>"}""");
    }

    [Theory]
    [InlineData("10000000000s")]
    [InlineData("315576000000s")]
    public async Task Start_RetryIntervalAsLongAsCanBe_IsTaken(string interval) => await SameAsync(
        Start.Replace("DELAY", $$""", "retryPolicy": {"initialInterval": "{{interval}}"}""", StringComparison.Ordinal).TrimEnd().TrimEnd(','));

    [Theory]
    [InlineData("""{"priorityKey": -1}""", "priority key can't be negative")]
    [InlineData("""{"fairnessWeight": -0.5}""", "fairness weight can't be negative")]
    public async Task Start_PriorityThatCannotBe_IsRefused(string priority, string message) => await SameAsync(
        """{"call": "WorkflowService.StartWorkflowExecution", "request": {"namespace": "default", "workflowId": "wf-${tag}", "workflowType": {"name": "T"}, "taskQueue": {"name": "tq"}, "priority": PRIORITY}, "error": {"code": "INVALID_ARGUMENT", "message": "MESSAGE", "details": []}}"""
            .Replace("PRIORITY", priority, StringComparison.Ordinal)
            .Replace("MESSAGE", message, StringComparison.Ordinal));

    [Fact]
    public async Task Activity_PartOfAPriority_IsCompletedByItsWorkflows() => await SameAsync(
        Start.Replace("DELAY", """, "priority": {"priorityKey": 2, "fairnessKey": "tenant", "fairnessWeight": 3} """, StringComparison.Ordinal) + """
        {"call": "WorkflowService.PollWorkflowTaskQueue", "request": {"namespace": "default", "taskQueue": {"name": "tq-${tag}"}},
         "response": {"taskToken": "${taskToken.1}", "workflowExecution": "<any>", "workflowType": "<any>", "startedEventId": "3", "attempt": 1, "history": "<any>", "workflowExecutionTaskQueue": "<any>", "scheduledTime": "<time>", "startedTime": "<time>"}},
        {"call": "WorkflowService.RespondWorkflowTaskCompleted", "request": {"namespace": "default", "taskToken": "${taskToken.1}", "commands": [{"commandType": "COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK",
          "scheduleActivityTaskCommandAttributes": {"activityId": "a", "activityType": {"name": "A"}, "taskQueue": {"name": "tq-${tag}"}, "startToCloseTimeout": "5s", "priority": {"priorityKey": 4}}}]}, "response": {}},
        {"call": "WorkflowService.PollActivityTaskQueue", "request": {"namespace": "default", "taskQueue": {"name": "tq-${tag}"}},
         "response": {"taskToken": "<any>", "workflowNamespace": "default", "workflowType": "<any>", "workflowExecution": "<any>", "activityType": "<any>", "activityId": "a", "scheduledTime": "<time>", "currentAttemptScheduledTime": "<time>", "startedTime": "<time>",
                      "attempt": 1, "scheduleToCloseTimeout": "<any>", "startToCloseTimeout": "5s", "heartbeatTimeout": "<any>", "retryPolicy": "<any>", "priority": {"priorityKey": 4, "fairnessKey": "tenant", "fairnessWeight": 3}}}
        """);

    [Theory]
    [InlineData("""{"commandType": "COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK", "scheduleActivityTaskCommandAttributes": {"activityId": "a", "activityType": {"name": "A"}, "taskQueue": {"name": "other"}, "startToCloseTimeout": "5s", "useWorkflowBuildId": true}}""",
        "BadScheduleActivityAttributes: Activity with UseCompatibleVersion cannot run on different task queue.")]
    [InlineData("""{"commandType": "COMMAND_TYPE_START_CHILD_WORKFLOW_EXECUTION", "startChildWorkflowExecutionCommandAttributes": {"workflowId": "c", "workflowType": {"name": "C"}, "taskQueue": {"name": "other"}, "inheritBuildId": true}}""",
        "BadStartChildExecutionAttributes: StartChildWorkflowExecution with UseCompatibleVersion cannot run on different task queue.")]
    [InlineData("""{"commandType": "COMMAND_TYPE_CONTINUE_AS_NEW_WORKFLOW_EXECUTION", "continueAsNewWorkflowExecutionCommandAttributes": {"taskQueue": {"name": "other"}, "inheritBuildId": true}}""",
        "BadContinueAsNewAttributes: ContinueAsNew with UseCompatibleVersion cannot run on different task queue.")]
    public async Task Command_WorkflowsBuildOnAnotherQueue_IsRefused(string command, string message) => await SameAsync(Started + """
        {"call": "WorkflowService.PollWorkflowTaskQueue", "request": {"namespace": "default", "taskQueue": {"name": "tq-${tag}"}},
         "response": {"taskToken": "${taskToken.1}", "workflowExecution": "<any>", "workflowType": "<any>", "startedEventId": "3", "attempt": 1, "history": "<any>", "workflowExecutionTaskQueue": "<any>", "scheduledTime": "<time>", "startedTime": "<time>"}},
        {"call": "WorkflowService.RespondWorkflowTaskCompleted", "request": {"namespace": "default", "taskToken": "${taskToken.1}", "commands": [COMMAND]}, "error": {"code": "INVALID_ARGUMENT", "message": "MESSAGE", "details": []}}
        """.Replace("COMMAND]", command + "]", StringComparison.Ordinal).Replace("MESSAGE", message, StringComparison.Ordinal));

    [Fact]
    public async Task EagerActivity_AskedForOnAnotherQueue_ComesWithTheAnswer() => await SameAsync(Started + """
        {"call": "WorkflowService.PollWorkflowTaskQueue", "request": {"namespace": "default", "taskQueue": {"name": "tq-${tag}"}},
         "response": {"taskToken": "${taskToken.1}", "workflowExecution": "<any>", "workflowType": "<any>", "startedEventId": "3", "attempt": 1, "history": "<any>", "workflowExecutionTaskQueue": "<any>", "scheduledTime": "<time>", "startedTime": "<time>"}},
        {"call": "WorkflowService.RespondWorkflowTaskCompleted", "request": {"namespace": "default", "taskToken": "${taskToken.1}", "commands": [{"commandType": "COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK",
          "scheduleActivityTaskCommandAttributes": {"activityId": "a", "activityType": {"name": "A"}, "taskQueue": {"name": "other-${tag}"}, "startToCloseTimeout": "5s", "requestEagerExecution": true}}]},
         "response": {"activityTasks": "<any>"}}
        """);

    [Fact]
    public async Task Callbacks_AttachedToARun_AreDescribed() => await SameAsync(
        Start.Replace("DELAY", ", \"completionCallbacks\": [{\"nexus\": {\"url\": \"temporal://system\"}}]", StringComparison.Ordinal) + """
        {"call": "WorkflowService.DescribeWorkflowExecution", "request": {"namespace": "default", "execution": {"workflowId": "wf-${tag}"}},
         "response": {"executionConfig": "<any>", "workflowExecutionInfo": "<any>", "pendingWorkflowTask": "<any>", "workflowExtendedInfo": "<any>",
                      "callbacks": [{"callback": {"nexus": {"url": "temporal://system"}}, "trigger": {"workflowClosed": {}}, "registrationTime": "<time>", "state": "CALLBACK_STATE_STANDBY"}]}}
        """);

    [Fact]
    public async Task Terminate_NobodyNamed_IsByTheFrontend() => await SameAsync(Started + """
        {"call": "WorkflowService.TerminateWorkflowExecution", "request": {"namespace": "default", "workflowExecution": {"workflowId": "wf-${tag}"}}, "response": {}},
        {"call": "WorkflowService.GetWorkflowExecutionHistory", "request": {"namespace": "default", "execution": {"workflowId": "wf-${tag}"}, "historyEventFilterType": "HISTORY_EVENT_FILTER_TYPE_CLOSE_EVENT"},
         "response": {"history": {"events": [{"eventId": "3", "eventTime": "<time>", "eventType": "EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED", "taskId": "<number>", "workflowExecutionTerminatedEventAttributes": {"reason": "terminated by user via frontend", "identity": "frontend-service"}}]}}}
        """);

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

using System.Collections.Concurrent;
using Ecosystem.Temporal.Tests.Survival;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Client.Schedules;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace Ecosystem.Temporal.Tests.Sdk;

/// <summary>Every implemented RPC through the SDK: its client's and worker's own calls, and its service stubs for those no client method makes.</summary>
public sealed class ConformanceTests
{
    private const string Ns = "default";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EveryImplementedRpc_CalledThroughTheSdk_DoesItsWork(bool onDisk)
    {
        var file = onDisk ? Path.Combine(Directory.CreateTempSubdirectory("conformance-").FullName, "t.db") : null;
        var called = new ConcurrentDictionary<string, byte>();
        using var listener = new System.Diagnostics.ActivityListener
        {
            ShouldListenTo = source => source.Name == EmbeddedTemporal.TelemetryName,
            Sample = (ref _) => System.Diagnostics.ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                // Other tests run beside this one; only what succeeded counts.
                if (span.Status != System.Diagnostics.ActivityStatusCode.Error)
                {
                    called[span.DisplayName.Split('/')[1]] = 0;
                }
            },
        };
        System.Diagnostics.ActivitySource.AddActivityListener(listener);
        await using var service = await EmbeddedTemporal.StartAsync(new() { DataFile = file, TimeSkipping = true });
        var client = await QuietSdk.ConnectAsync(service.Address);
        using (var worker = new TemporalWorker(client, new TemporalWorkerOptions("q")
            .AddWorkflow<OneActivityWorkflow>().AddWorkflow<CounterWorkflow>().AddWorkflow<ParentWorkflow>().AddWorkflow<SleepWorkflow>().AddActivity(OneActivityWorkflow.Double)))
        {
            await worker.ExecuteAsync(async () =>
            {
                await WorkflowsAsync(client);
                await SchedulesAsync(client);
                await VisibilityAsync(client);
            });
        }

        await WorkersAsync(client);
        await AdministrationAsync(client);
        await TimeAsync(client);
        var missing = service.Implemented.Except(called.Keys).Except(ElsewhereExercised).Order().ToList();
        Assert.True(missing.Count == 0, string.Join(", ", missing));
    }

    /// <summary>
    /// RPCs of administration, or that a server with its default settings refuses, not called here: the tests of <see cref="Administration"/> and
    /// <see cref="Tests.Batch"/> and the recorded conversations drive them.
    /// </summary>
    private static readonly string[] ElsewhereExercised =
    [
        "CountActivityExecutions",
        "CountWorkers",
        "CreateWorkerDeployment",
        "CreateWorkerDeploymentVersion",
        "CreateWorkflowRule",
        "DeleteActivityExecution",
        "DeleteNamespace",
        "DeleteWorkerDeployment",
        "DeleteWorkerDeploymentVersion",
        "DeleteWorkflowRule",
        "DeprecateNamespace",
        "DescribeActivityExecution",
        "DescribeDeployment",
        "DescribeTaskQueue",
        "DescribeWorker",
        "DescribeWorkerDeployment",
        "DescribeWorkerDeploymentVersion",
        "DescribeWorkflowRule",
        "FetchWorkerConfig",
        "GetCurrentDeployment",
        "GetDeploymentReachability",
        "GetWorkerBuildIdCompatibility",
        "GetWorkerTaskReachability",
        "GetWorkerVersioningRules",
        "ListActivityExecutions",
        "ListArchivedWorkflowExecutions",
        "ListDeployments",
        "ListTaskQueuePartitions",
        "ListWorkerDeployments",
        "ListWorkers",
        "ListWorkflowRules",
        "PauseActivity",
        "PauseActivityExecution",
        "PauseWorkflowExecution",
        "PollActivityExecution",
        "PollWorkflowExecutionTimeSkipping",
        "RecordWorkerHeartbeat",
        "RequestCancelActivityExecution",
        "ResetActivity",
        "ResetActivityExecution",
        "SetCurrentDeployment",
        "SetWorkerDeploymentCurrentVersion",
        "SetWorkerDeploymentManager",
        "SetWorkerDeploymentRampingVersion",
        "StartActivityExecution",
        "StopBatchOperation",
        "TerminateActivityExecution",
        "TriggerWorkflowRule",
        "UnpauseActivity",
        "UnpauseActivityExecution",
        "UnpauseWorkflowExecution",
        "UpdateActivityExecutionOptions",
        "UpdateActivityOptions",
        "UpdateNamespace",
        "UpdateTaskQueueConfig",
        "UpdateWorkerBuildIdCompatibility",
        "UpdateWorkerConfig",
        "UpdateWorkerDeploymentVersionComputeConfig",
        "UpdateWorkerDeploymentVersionMetadata",
        "UpdateWorkerVersioningRules",
        "ValidateWorkerDeploymentVersionComputeConfig",
    ];

    private static async Task WorkflowsAsync(TemporalClient client)
    {
        Assert.Equal(42, await client.ExecuteWorkflowAsync((OneActivityWorkflow workflow) => workflow.RunAsync(21), new("one", "q")));
        await Assert.ThrowsAsync<WorkflowAlreadyStartedException>(() => client.StartWorkflowAsync(
            (OneActivityWorkflow workflow) => workflow.RunAsync(1), new("one", "q") { IdReusePolicy = WorkflowIdReusePolicy.RejectDuplicate }));
        var counter = await client.StartWorkflowAsync(
            (CounterWorkflow workflow) => workflow.RunAsync(1), new("counter", "q") { StartSignal = "Add", StartSignalArgs = [5] });
        Assert.Equal(6, await counter.QueryAsync(workflow => workflow.Count));
        Assert.Equal(8, await counter.ExecuteUpdateAsync(workflow => workflow.AddNowAsync(2)));
        var slow = await counter.StartUpdateAsync(workflow => workflow.AddSlowlyAsync(1), new(WorkflowUpdateStage.Accepted));
        Assert.NotEmpty(slow.Id);
        var withStart = WithStartWorkflowOperation.Create((CounterWorkflow workflow) => workflow.RunAsync(3), new("with-start", "q") { IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting });

        // The update comes with the first task, before the workflow's own code has run.
        Assert.Equal(1, await client.ExecuteUpdateWithStartWorkflowAsync((CounterWorkflow workflow) => workflow.AddNowAsync(1), new(withStart)));
        var reset = await client.WorkflowService.ResetWorkflowExecutionAsync(new()
        {
            Namespace = Ns,
            WorkflowExecution = new() { WorkflowId = "one" },
            WorkflowTaskFinishEventId = 4,
            RequestId = Guid.NewGuid().ToString(),
            Reason = "again",
        });
        Assert.Equal(42, await client.GetWorkflowHandle<OneActivityWorkflow, int>("one", reset.RunId).GetResultAsync());
        await client.WorkflowService.UpdateWorkflowExecutionOptionsAsync(new()
        {
            Namespace = Ns,
            WorkflowExecution = new() { WorkflowId = "counter" },
            WorkflowExecutionOptions = new() { Priority = new() { PriorityKey = 2 } },
            UpdateMask = new() { Paths = { "priority" } },
        });
        await client.WorkflowService.ResetStickyTaskQueueAsync(new() { Namespace = Ns, Execution = new() { WorkflowId = "counter" } });
        await client.WorkflowService.PollWorkflowExecutionUpdateAsync(new()
        {
            Namespace = Ns,
            UpdateRef = new() { WorkflowExecution = new() { WorkflowId = "counter" }, UpdateId = slow.Id },
            WaitPolicy = new() { LifecycleStage = UpdateWorkflowExecutionLifecycleStage.Accepted },
        });
        Assert.Equal(EventType.WorkflowExecutionStarted, (await client.WorkflowService.GetWorkflowExecutionHistoryReverseAsync(
            new() { Namespace = Ns, Execution = new() { WorkflowId = "one" } })).History.Events[^1].EventType);
        await client.GetWorkflowHandle("with-start").CancelAsync();
        await Assert.ThrowsAsync<WorkflowFailedException>(() => client.GetWorkflowHandle("with-start").GetResultAsync());
        await counter.TerminateAsync("done");
        Assert.Equal(WorkflowExecutionStatus.Terminated, (await counter.DescribeAsync()).Status);

        // A query of a closed run never comes with a workflow task.
        Assert.Equal(8, await counter.QueryAsync(workflow => workflow.Count));
    }

    private static async Task SchedulesAsync(TemporalClient client)
    {
        var handle = await client.CreateScheduleAsync("s", new Schedule(
            ScheduleActionStartWorkflow.Create((OneActivityWorkflow workflow) => workflow.RunAsync(1), new("scheduled", "q")),
            new ScheduleSpec { Intervals = [new ScheduleIntervalSpec(TimeSpan.FromDays(1))] }));
        await handle.TriggerAsync();
        await handle.PauseAsync("rest");
        Assert.True((await handle.DescribeAsync()).Schedule.State.Paused);
        await handle.UpdateAsync(input => new ScheduleUpdate(input.Description.Schedule with { State = new() { Note = "changed" } }));
        Assert.Equal("changed", (await handle.DescribeAsync()).Schedule.State.Note);
        var times = await client.WorkflowService.ListScheduleMatchingTimesAsync(new()
        {
            Namespace = Ns,
            ScheduleId = "s",
            StartTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTime(DateTime.UtcNow),
            EndTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTime(DateTime.UtcNow.AddDays(3)),
        });
        Assert.Equal(3, times.StartTime.Count);
        await foreach (var listed in client.ListSchedulesAsync())
        {
            Assert.Equal("s", listed.Id);
        }

        await client.WorkflowService.CountSchedulesAsync(new() { Namespace = Ns });
        await handle.DeleteAsync();
        await Assert.ThrowsAsync<RpcException>(() => handle.DescribeAsync());
    }

    private static async Task VisibilityAsync(TemporalClient client)
    {
        await foreach (var run in client.ListWorkflowsAsync("WorkflowId = 'counter'"))
        {
            Assert.Equal("counter", run.Id);
        }

        Assert.NotEmpty((await client.CountWorkflowsAsync("GROUP BY ExecutionStatus")).Groups);
        await client.WorkflowService.ScanWorkflowExecutionsAsync(new() { Namespace = Ns });
        await client.WorkflowService.ListOpenWorkflowExecutionsAsync(new() { Namespace = Ns, StartTimeFilter = new() });
        await client.WorkflowService.ListClosedWorkflowExecutionsAsync(new() { Namespace = Ns, StartTimeFilter = new() });
        Assert.NotEmpty((await client.WorkflowService.GetSearchAttributesAsync(new())).Keys);
        await client.OperatorService.AddSearchAttributesAsync(new() { Namespace = Ns, SearchAttributes = { ["Region"] = IndexedValueType.Keyword } });
        Assert.Equal(IndexedValueType.Keyword, (await client.OperatorService.ListSearchAttributesAsync(new() { Namespace = Ns })).CustomAttributes["Region"]);
        await client.OperatorService.RemoveSearchAttributesAsync(new() { Namespace = Ns, SearchAttributes = { "Region" } });
        var job = Guid.NewGuid().ToString();
        await client.WorkflowService.StartBatchOperationAsync(new()
        {
            Namespace = Ns,
            JobId = job,
            Reason = "all of them",
            VisibilityQuery = "WorkflowType = 'CounterWorkflow'",
            SignalOperation = new() { Signal = "Finish" },
        });
        while ((await client.WorkflowService.DescribeBatchOperationAsync(new() { Namespace = Ns, JobId = job })).State == BatchOperationState.Running)
        {
            await Task.Yield();
        }

        var stopped = await Assert.ThrowsAsync<RpcException>(() => client.WorkflowService.StopBatchOperationAsync(new() { Namespace = Ns, JobId = job, Reason = "enough" }));
        Assert.Equal(RpcException.StatusCode.NotFound, stopped.Code);
        Assert.Single((await client.WorkflowService.ListBatchOperationsAsync(new() { Namespace = Ns })).OperationInfo);
    }

    /// <summary>A worker by hand, as async completion and failures by id and token take it.</summary>
    private static async Task WorkersAsync(TemporalClient client)
    {
        var rpc = client.WorkflowService;
        foreach (var end in (string[])["complete", "fail", "cancel", "complete-id", "fail-id", "cancel-id"])
        {
            await client.StartWorkflowAsync("ByHand", [], new(end, "hand"));
            var task = await rpc.PollWorkflowTaskQueueAsync(new() { Namespace = Ns, TaskQueue = new() { Name = "hand" } });
            await rpc.RespondWorkflowTaskCompletedAsync(new()
            {
                TaskToken = task.TaskToken,
                Commands =
                {
                    new Temporalio.Api.Command.V1.Command
                    {
                        CommandType = CommandType.ScheduleActivityTask,
                        ScheduleActivityTaskCommandAttributes = new()
                        {
                            ActivityId = "a",
                            ActivityType = new() { Name = "A" },
                            TaskQueue = new() { Name = "hand" },
                            StartToCloseTimeout = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromMinutes(1)),
                            RetryPolicy = new() { MaximumAttempts = 1 },
                        },
                    },
                },
            });
            var activity = await rpc.PollActivityTaskQueueAsync(new() { Namespace = Ns, TaskQueue = new() { Name = "hand" } });
            Assert.Equal(end, activity.WorkflowExecution.WorkflowId);
            await rpc.RecordActivityTaskHeartbeatAsync(new() { TaskToken = activity.TaskToken });
            await client.GetAsyncActivityHandle(end, activity.WorkflowExecution.RunId, "a").HeartbeatAsync();
            var byToken = client.GetAsyncActivityHandle(activity.TaskToken.ToByteArray());
            var byId = client.GetAsyncActivityHandle(end, activity.WorkflowExecution.RunId, "a");
            await (end switch
            {
                "complete" => byToken.CompleteAsync(1),
                "fail" => byToken.FailAsync(new ApplicationFailureException("no")),
                "cancel" => CancelAsync(client, end, () => byToken.ReportCancellationAsync()),
                "complete-id" => byId.CompleteAsync(1),
                "fail-id" => byId.FailAsync(new ApplicationFailureException("no")),
                _ => CancelAsync(client, end, () => byId.ReportCancellationAsync()),
            });
            task = await rpc.PollWorkflowTaskQueueAsync(new() { Namespace = Ns, TaskQueue = new() { Name = "hand" } });
            await rpc.RespondWorkflowTaskFailedAsync(new() { TaskToken = task.TaskToken, Cause = WorkflowTaskFailedCause.WorkflowWorkerUnhandledFailure });
            await client.GetWorkflowHandle(end).TerminateAsync();
        }

        await rpc.ShutdownWorkerAsync(new() { Namespace = Ns, StickyTaskQueue = "gone" });
    }

    /// <summary>Asks for an activity's cancellation through its workflow, then reports it.</summary>
    private static async Task CancelAsync(TemporalClient client, string id, Func<Task> report)
    {
        await client.GetWorkflowHandle(id).SignalAsync("go", []);
        var task = await client.WorkflowService.PollWorkflowTaskQueueAsync(new() { Namespace = Ns, TaskQueue = new() { Name = "hand" } });
        await client.WorkflowService.RespondWorkflowTaskCompletedAsync(new()
        {
            TaskToken = task.TaskToken,
            Commands =
            {
                new Temporalio.Api.Command.V1.Command
                {
                    CommandType = CommandType.RequestCancelActivityTask,
                    RequestCancelActivityTaskCommandAttributes = new() { ScheduledEventId = 5 },
                },
            },
        });
        await report();
    }

    private static async Task AdministrationAsync(TemporalClient client)
    {
        var rpc = client.WorkflowService;
        await rpc.RegisterNamespaceAsync(new() { Namespace = "second", WorkflowExecutionRetentionPeriod = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromDays(3)) });
        Assert.Equal("second", (await rpc.DescribeNamespaceAsync(new() { Namespace = "second" })).NamespaceInfo.Name);
        Assert.Contains((await rpc.ListNamespacesAsync(new())).Namespaces, ns => ns.NamespaceInfo.Name == "second");
        Assert.NotNull((await rpc.GetSystemInfoAsync(new())).Capabilities);
        Assert.NotEmpty((await rpc.GetClusterInfoAsync(new())).ServerVersion);
        await rpc.DeleteWorkflowExecutionAsync(new() { Namespace = Ns, WorkflowExecution = new() { WorkflowId = "complete" } });
    }

    private static async Task TimeAsync(TemporalClient client)
    {
        var test = client.Connection.TestService;
        await test.UnlockTimeSkippingAsync(new());
        await test.LockTimeSkippingAsync(new());
        await test.UnlockTimeSkippingWithSleepAsync(new() { Duration = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromHours(1)) });
        var now = (await test.GetCurrentTimeAsync(new())).Time.ToDateTime();
        Assert.InRange(now, DateTime.UtcNow.AddMinutes(59), DateTime.UtcNow.AddHours(2));
        await test.SleepAsync(new() { Duration = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromMilliseconds(10)) });
        await test.SleepUntilAsync(new() { Timestamp = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTime(now) });
    }
}

using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Ecosystem.Temporal.Tests.Sdk.Conformance;

/// <summary>Starts, signals, queries, updates, resets, options and ends of workflows, and their histories.</summary>
internal static class WorkflowCalls
{
    private const string Ns = HandWorker.Namespace;

    public static async Task MakeAsync(TemporalClient client)
    {
        await StartAsync(client);
        var counter = await UpdateAsync(client);
        await ChangeAsync(client);
        await EndAsync(client, counter);
    }

    private static async Task StartAsync(TemporalClient client)
    {
        Assert.Equal(42, await client.ExecuteWorkflowAsync((OneActivityWorkflow workflow) => workflow.RunAsync(21), new("one", "q")));
        await Assert.ThrowsAsync<WorkflowAlreadyStartedException>(() => client.StartWorkflowAsync(
            (OneActivityWorkflow workflow) => workflow.RunAsync(1), new("one", "q") { IdReusePolicy = WorkflowIdReusePolicy.RejectDuplicate }));
        Assert.Equal(EventType.WorkflowExecutionStarted, (await client.WorkflowService.GetWorkflowExecutionHistoryReverseAsync(
            new() { Namespace = Ns, Execution = new() { WorkflowId = "one" } })).History.Events[^1].EventType);
        var reset = await client.WorkflowService.ResetWorkflowExecutionAsync(new()
        {
            Namespace = Ns,
            WorkflowExecution = new() { WorkflowId = "one" },
            WorkflowTaskFinishEventId = 4,
            RequestId = Guid.NewGuid().ToString(),
            Reason = "again",
        });
        Assert.Equal(42, await client.GetWorkflowHandle<OneActivityWorkflow, int>("one", reset.RunId).GetResultAsync());
    }

    private static async Task<WorkflowHandle<CounterWorkflow, int>> UpdateAsync(TemporalClient client)
    {
        var counter = await client.StartWorkflowAsync(
            (CounterWorkflow workflow) => workflow.RunAsync(1), new("counter", "q") { StartSignal = "Add", StartSignalArgs = [5] });
        Assert.Equal(6, await counter.QueryAsync(workflow => workflow.Count));
        await counter.SignalAsync(workflow => workflow.AddAsync(-1));
        Assert.Equal(7, await counter.ExecuteUpdateAsync(workflow => workflow.AddNowAsync(2)));
        var slow = await counter.StartUpdateAsync(workflow => workflow.AddSlowlyAsync(1), new(WorkflowUpdateStage.Accepted));
        var polled = await client.WorkflowService.PollWorkflowExecutionUpdateAsync(new()
        {
            Namespace = Ns,
            UpdateRef = new() { WorkflowExecution = new() { WorkflowId = "counter" }, UpdateId = slow.Id },
            WaitPolicy = new() { LifecycleStage = UpdateWorkflowExecutionLifecycleStage.Accepted },
        });
        Assert.Equal((UpdateWorkflowExecutionLifecycleStage.Accepted, null), (polled.Stage, polled.Outcome));

        // The update comes with the first task, before the workflow's own code has run.
        var withStart = WithStartWorkflowOperation.Create((CounterWorkflow workflow) => workflow.RunAsync(3), new("with-start", "q") { IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting });
        Assert.Equal(1, await client.ExecuteUpdateWithStartWorkflowAsync((CounterWorkflow workflow) => workflow.AddNowAsync(1), new(withStart)));
        return counter;
    }

    private static async Task ChangeAsync(TemporalClient client)
    {
        await client.WorkflowService.UpdateWorkflowExecutionOptionsAsync(new()
        {
            Namespace = Ns,
            WorkflowExecution = new() { WorkflowId = "counter" },
            WorkflowExecutionOptions = new() { Priority = new() { PriorityKey = 2 } },
            UpdateMask = new() { Paths = { "priority" } },
        });
        Assert.Equal(2, (await new HandWorker(client).DescribeAsync("counter")).WorkflowExecutionInfo.Priority.PriorityKey);

        // The next task comes with the whole history, by the queue that all workers share.
        var hand = new HandWorker(client, "sticky");
        await client.StartWorkflowAsync("Any", [], new("sticky", "sticky"));
        await hand.StickAsync(await hand.PollAsync(), "my-own");
        await client.WorkflowService.ResetStickyTaskQueueAsync(new() { Namespace = Ns, Execution = new() { WorkflowId = "sticky" } });
        await client.GetWorkflowHandle("sticky").SignalAsync("go", []);
        var task = await hand.PollAsync();
        Assert.Equal(("sticky", EventType.WorkflowExecutionStarted), (task.WorkflowExecution.WorkflowId, task.History.Events[0].EventType));
        await hand.CompleteAsync(task);
    }

    private static async Task EndAsync(TemporalClient client, WorkflowHandle<CounterWorkflow, int> counter)
    {
        await client.GetWorkflowHandle("with-start").CancelAsync();
        var canceled = await Assert.ThrowsAsync<WorkflowFailedException>(() => client.GetWorkflowHandle("with-start").GetResultAsync());
        Assert.IsType<CanceledFailureException>(canceled.InnerException);
        await counter.TerminateAsync("done");
        Assert.Equal(WorkflowExecutionStatus.Terminated, (await counter.DescribeAsync()).Status);

        // A query of a closed run never comes with a workflow task.
        Assert.Equal(7, await counter.QueryAsync(workflow => workflow.Count));
        await client.WorkflowService.DeleteWorkflowExecutionAsync(new() { Namespace = Ns, WorkflowExecution = new() { WorkflowId = "with-start" } });
        await Gone.WhenAsync(() => client.GetWorkflowHandle("with-start").DescribeAsync());
    }
}

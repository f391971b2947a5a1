using System.Diagnostics;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace Ecosystem.Temporal.Tests.Sdk;

public class SdkWorkflowTests
{
    private static readonly DateTimeOffset Start = new(2017, 3, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Execute_OneActivity_ReturnsItsResult()
    {
        await using var sdk = await SdkService.StartAsync();
        Assert.Equal(42, await sdk.Client.ExecuteWorkflowAsync((OneActivityWorkflow workflow) => workflow.RunAsync(21), new("one", "q")));
    }

    [Fact]
    public async Task Sleep_VirtualClock_TakesNoTimeAndShowsIt()
    {
        await using var sdk = await SdkService.StartAsync(new VirtualClock(Start));
        var handle = await sdk.Client.StartWorkflowAsync((SleepWorkflow workflow) => workflow.RunAsync(TimeSpan.FromDays(30), 12), new("sleep", "q"));
        var watch = Stopwatch.StartNew();
        await sdk.SkipToAsync(Start.AddYears(1));
        Assert.Equal(Start.AddDays(360).UtcDateTime, await handle.GetResultAsync());
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        var description = await handle.DescribeAsync();
        Assert.Equal(Start.UtcDateTime, description.StartTime);
        Assert.Equal(Start.AddDays(360).UtcDateTime, description.CloseTime);
    }

    [Fact]
    public async Task Idle_HundredWorkflows_AllHaveReachedTheirTimers()
    {
        await using var sdk = await SdkService.StartAsync(new VirtualClock(Start));
        var handles = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => sdk.Client.StartWorkflowAsync(
            (SleepWorkflow workflow) => workflow.RunAsync(TimeSpan.FromHours(i + 1), 2), new($"sleep-{i}", "q"))));
        await sdk.SkipToAsync(Start.AddHours(100));
        for (var i = 0; i < handles.Length; i++)
        {
            var status = (await handles[i].DescribeAsync()).Status;
            Assert.Equal((i + 1) * 2 <= 100 ? WorkflowExecutionStatus.Completed : WorkflowExecutionStatus.Running, status);
        }
    }

    [Fact]
    public async Task SignalQueryUpdate_RunningWorkflow_SeeEachOther()
    {
        await using var sdk = await SdkService.StartAsync(new VirtualClock(Start));
        var handle = await sdk.Client.StartWorkflowAsync((CounterWorkflow workflow) => workflow.RunAsync(1), new("counter", "q"));
        await handle.SignalAsync(workflow => workflow.AddAsync(2));
        Assert.Equal(3, await handle.QueryAsync(workflow => workflow.Count));
        Assert.Equal(7, await handle.ExecuteUpdateAsync(workflow => workflow.AddNowAsync(4)));
        var slow = await handle.StartUpdateAsync(workflow => workflow.AddSlowlyAsync(100), new(WorkflowUpdateStage.Accepted));
        await sdk.SkipToAsync(Start.AddHours(1));
        Assert.Equal(107, await slow.GetResultAsync());
        var refused = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => handle.ExecuteUpdateAsync(workflow => workflow.AddSlowlyAsync(-1)));
        Assert.Equal("Negative", Assert.IsType<ApplicationFailureException>(refused.InnerException).ErrorType);
        await handle.SignalAsync(workflow => workflow.FinishAsync());
        Assert.Equal(107, await handle.GetResultAsync());
        Assert.Equal(107, await handle.QueryAsync(workflow => workflow.Count));
    }

    [Fact]
    public async Task Children_SignaledByParent_SumUp()
    {
        await using var sdk = await SdkService.StartAsync();
        Assert.Equal(0 + 1 + 2 + 30, await sdk.Client.ExecuteWorkflowAsync((ParentWorkflow workflow) => workflow.RunAsync(3), new("parent", "q")));
    }

    [Fact]
    public async Task ContinueAsNew_VirtualClock_EndsInTheLastRun()
    {
        await using var sdk = await SdkService.StartAsync(new VirtualClock(Start));
        var handle = await sdk.Client.StartWorkflowAsync((CountdownWorkflow workflow) => workflow.RunAsync(5), new("countdown", "q"));
        await sdk.SkipToAsync(Start.AddHours(7));
        Assert.Equal("zero", await handle.GetResultAsync());
    }

    [Fact]
    public async Task Activities_RetriedLocalAndCanceled_EndAsTheSdkExpects()
    {
        await using var sdk = await SdkService.StartAsync(new VirtualClock(Start));
        var handle = await sdk.Client.StartWorkflowAsync((FlakyWorkflow workflow) => workflow.RunAsync(), new("flaky", "q"));
        await sdk.SkipToAsync(Start.AddHours(7));
        Assert.Equal("3 6 canceled", await handle.GetResultAsync());
    }

    [Fact]
    public async Task Histories_Replayed_AreDeterministic()
    {
        await using var sdk = await SdkService.StartAsync();
        await sdk.Client.ExecuteWorkflowAsync((OneActivityWorkflow workflow) => workflow.RunAsync(21), new("one", "q"));
        await sdk.Client.ExecuteWorkflowAsync((ParentWorkflow workflow) => workflow.RunAsync(2), new("parent", "q"));
        var replayer = new WorkflowReplayer(new WorkflowReplayerOptions().AddWorkflow<OneActivityWorkflow>().AddWorkflow<ParentWorkflow>().AddWorkflow<CounterWorkflow>());
        foreach (var id in (string[])["one", "parent", "parent-0", "parent-1"])
        {
            var history = await sdk.Client.GetWorkflowHandle(id).FetchHistoryAsync();
            var again = global::Temporalio.Common.WorkflowHistory.FromJson(id, history.ToJson());
            Assert.Null((await replayer.ReplayWorkflowAsync(again)).ReplayFailure);
        }
    }

    [Fact]
    public async Task Restart_OpenWorkflows_GoOnFromTheFile()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("temporal-").FullName, "t.db");
        var clock = new VirtualClock(Start);
        await using (var first = await SdkService.StartAsync(clock, file))
        {
            await first.Client.StartWorkflowAsync((SleepWorkflow workflow) => workflow.RunAsync(TimeSpan.FromHours(1), 3), new("sleep", "q"));
            await first.Client.StartWorkflowAsync((CounterWorkflow workflow) => workflow.RunAsync(5), new("counter", "q"));
            await first.SkipToAsync(Start.AddMinutes(90));
        }

        await using (var idle = await SdkService.StartAsync(clock, file, worker: false))
        {
            await idle.Client.GetWorkflowHandle<CounterWorkflow>("counter").SignalAsync(workflow => workflow.AddAsync(1));
            await idle.Client.StartWorkflowAsync((OneActivityWorkflow workflow) => workflow.RunAsync(4), new("one", "q"));
        }

        await using var second = await SdkService.StartAsync(clock, file);
        await second.SkipToAsync(Start.AddHours(4));
        Assert.Equal(8, await second.Client.GetWorkflowHandle<OneActivityWorkflow, int>("one").GetResultAsync());
        Assert.Equal(Start.AddHours(3).UtcDateTime, await second.Client.GetWorkflowHandle<SleepWorkflow, DateTime>("sleep").GetResultAsync());
        var counter = second.Client.GetWorkflowHandle<CounterWorkflow, int>("counter");
        await counter.SignalAsync(workflow => workflow.FinishAsync());
        Assert.Equal(6, await counter.GetResultAsync());
    }

    [Fact]
    public async Task CancelAndTerminate_RunningWorkflows_EndAsSaid()
    {
        await using var sdk = await SdkService.StartAsync();
        var canceled = await sdk.Client.StartWorkflowAsync((CounterWorkflow workflow) => workflow.RunAsync(1), new("canceled", "q"));
        await canceled.CancelAsync();
        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => canceled.GetResultAsync());
        Assert.IsType<CanceledFailureException>(failure.InnerException);
        var terminated = await sdk.Client.StartWorkflowAsync((CounterWorkflow workflow) => workflow.RunAsync(1), new("terminated", "q"));
        await terminated.TerminateAsync("enough");
        failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => terminated.GetResultAsync());
        Assert.IsType<TerminatedFailureException>(failure.InnerException);
    }
}

using Ecosystem.Temporal.Tests.Sdk;
using Temporalio.Client;

namespace Ecosystem.Temporal.Tests.Survival;

/// <summary>A machine whose clock is set while workflows run.</summary>
public sealed class ClockTests
{
    [Fact]
    public async Task Clock_SetAnHourForward_FiresWhatIsDueAndTimesNobodyOut()
    {
        var clock = new SetClock();
        await using var sdk = await SdkService.StartAsync(clock);
        var sleeper = await sdk.Client.StartWorkflowAsync((SleepWorkflow workflow) => workflow.RunAsync(TimeSpan.FromMinutes(50), 1), new("sleep", "q"));
        await sdk.Service.WaitUntilIdleAsync(TestContext.Current.CancellationToken);
        clock.Set(TimeSpan.FromHours(1));
        await sleeper.GetResultAsync();
        Assert.Equal(8, await sdk.Client.ExecuteWorkflowAsync((OneActivityWorkflow workflow) => workflow.RunAsync(4), new("one", "q")));
        var events = (await sleeper.FetchHistoryAsync()).Events.Select(e => e.EventType.ToString()).ToList();
        Assert.DoesNotContain("WorkflowTaskTimedOut", events);
    }

    [Fact]
    public async Task Clock_SetAnHourBack_WorkflowsGoOn()
    {
        var clock = new SetClock();
        await using var sdk = await SdkService.StartAsync(clock);
        var counter = await sdk.Client.StartWorkflowAsync((CounterWorkflow workflow) => workflow.RunAsync(1), new("counter", "q"));
        await sdk.Service.WaitUntilIdleAsync(TestContext.Current.CancellationToken);
        clock.Set(TimeSpan.FromHours(-1));
        Assert.Equal(3, await counter.ExecuteUpdateAsync(workflow => workflow.AddNowAsync(2)));
        await counter.SignalAsync(workflow => workflow.FinishAsync());
        Assert.Equal(3, await counter.GetResultAsync());
        Assert.Equal("0", await sdk.Client.ExecuteWorkflowAsync((AgainWorkflow workflow) => workflow.RunAsync(2), new("again", "q")));
    }

    /// <summary>The system's clock, set by hand.</summary>
    private sealed class SetClock : TimeProvider
    {
        private long _offset;

        public void Set(TimeSpan by) => Interlocked.Add(ref _offset, by.Ticks);

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + new TimeSpan(Interlocked.Read(ref _offset));
    }
}

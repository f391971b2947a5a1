using System.Diagnostics;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Testing;
using Temporalio.Worker;

namespace Ecosystem.Temporal.Tests.Sdk;

/// <summary>Tests as Temporalio's users write them, on the embedded service.</summary>
public sealed class EmbeddedWorkflowEnvironmentTests
{
    [Fact]
    public async Task TimeSkipping_AwaitedResult_TakesNoTime()
    {
        await using WorkflowEnvironment env = await EmbeddedWorkflowEnvironment.StartTimeSkippingAsync();
        Assert.True(env.SupportsTimeSkipping);
        using var worker = new TemporalWorker(env.Client, new TemporalWorkerOptions("q").AddWorkflow<SleepWorkflow>());
        var watch = Stopwatch.StartNew();
        var before = await env.GetCurrentTimeAsync();
        await worker.ExecuteAsync(() => env.Client.ExecuteWorkflowAsync((SleepWorkflow workflow) => workflow.RunAsync(TimeSpan.FromDays(30), 2), new("sleep", "q")));
        Assert.InRange(await env.GetCurrentTimeAsync() - before, TimeSpan.FromDays(60), TimeSpan.FromDays(61));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task TimeSkipping_Delay_MovesTheClock()
    {
        await using WorkflowEnvironment env = await EmbeddedWorkflowEnvironment.StartTimeSkippingAsync();
        var before = await env.GetCurrentTimeAsync();
        await env.DelayAsync(TimeSpan.FromHours(5));
        Assert.InRange(await env.GetCurrentTimeAsync() - before, TimeSpan.FromHours(5), TimeSpan.FromHours(5.1));
    }

    [Fact]
    public async Task Local_SearchAttributes_AreThereFromTheStart()
    {
        var region = SearchAttributeKey.CreateKeyword("Region");
        await using WorkflowEnvironment env = await EmbeddedWorkflowEnvironment.StartLocalAsync(new() { SearchAttributes = [region] });
        Assert.False(env.SupportsTimeSkipping);
        await env.Client.StartWorkflowAsync("Any", [], new("w", "q") { TypedSearchAttributes = new SearchAttributeCollection.Builder().Set(region, "north").ToSearchAttributeCollection() });
        Assert.Equal(1, (await env.Client.CountWorkflowsAsync("Region = 'north'")).Count);
    }
}

using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Ecosystem.Temporal.Tests.Sdk;

public class SdkWorkflowTests
{
    [Fact]
    public async Task Execute_OneActivity_ReturnsItsResult()
    {
        await using var service = await EmbeddedTemporal.StartAsync(new EmbeddedTemporalOptions(), TestContext.Current.CancellationToken);
        var client = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(service.Address));
        using var worker = new TemporalWorker(
            client,
            new TemporalWorkerOptions("q").AddWorkflow<OneActivityWorkflow>().AddActivity(OneActivityWorkflow.Double));
        var result = await worker.ExecuteAsync(
            () => client.ExecuteWorkflowAsync((OneActivityWorkflow workflow) => workflow.RunAsync(21), new("one", "q")),
            TestContext.Current.CancellationToken);
        Assert.Equal(42, result);
    }

    [Workflow]
    public class OneActivityWorkflow
    {
        [Activity]
        public static int Double(int value) => value * 2;

        [WorkflowRun]
        public async Task<int> RunAsync(int value) =>
            await Workflow.ExecuteActivityAsync(() => Double(value), new() { StartToCloseTimeout = TimeSpan.FromSeconds(30) });
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using Ecosystem.Temporal.Tests.Administration;
using Ecosystem.Temporal.Tests.Survival;
using Temporalio.Worker;

namespace Ecosystem.Temporal.Tests.Sdk.Conformance;

/// <summary>Every implemented RPC through the SDK: its client's and worker's own calls, and its service stubs for those no client method makes.</summary>
public sealed class ConformanceTests
{
    [Theory(Timeout = 120_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EveryImplementedRpc_CalledThroughTheSdk_DoesItsWork(bool onDisk)
    {
        var file = onDisk ? Path.Combine(Directory.CreateTempSubdirectory("conformance-").FullName, "t.db") : null;
        await using var service = await EmbeddedTemporal.StartAsync(new() { DataFile = file, TimeSkipping = true });
        var answered = new ConcurrentDictionary<string, byte>();
        using var listener = Listen(service, answered);
        var client = await QuietSdk.ConnectAsync(service.Address);

        // Time is not skipped while tasks wait.
        await TimeCalls.MakeAsync(client);
        using (var worker = new TemporalWorker(client, new TemporalWorkerOptions("q") { MaxHeartbeatThrottleInterval = TimeSpan.FromMilliseconds(20) }
            .AddWorkflow<OneActivityWorkflow>().AddWorkflow<CounterWorkflow>().AddWorkflow<InterruptedWorkflow>()
            .AddActivity(OneActivityWorkflow.Double).AddActivity(InterruptedWorkflow.WaitAsync)))
        {
            await worker.ExecuteAsync(
                async () =>
                {
                    await WorkflowCalls.MakeAsync(client);
                    await ScheduleCalls.MakeAsync(client);
                    await VisibilityCalls.MakeAsync(client);
                    await BatchCalls.MakeAsync(client);
                    await ActivityCalls.MakeAsync(client);
                    await StandaloneActivityCalls.MakeAsync(client);
                },
                TestContext.Current.CancellationToken);
        }

        await Assert.MultipleAsync(
            () => WorkerCalls.MakeAsync(client),
            () => DeploymentCalls.MakeAsync(client),
            () => TaskQueueCalls.MakeAsync(client),
            () => NamespaceCalls.MakeAsync(client));
        Assert.Equal(service.Implemented.Except(RefusedRpcTests.Rpcs).Order(), answered.Keys.Order());
    }

    /// <summary>Notes which RPCs of one service have answered without an error.</summary>
    private static ActivityListener Listen(EmbeddedTemporal service, ConcurrentDictionary<string, byte> answered)
    {
        var port = new Uri($"http://{service.Address}").Port;
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == EmbeddedTemporal.TelemetryName,
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                if (span.Status != ActivityStatusCode.Error && port.Equals(span.GetTagItem("server.port")))
                {
                    answered[(string)span.GetTagItem("rpc.method")!] = 0;
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}

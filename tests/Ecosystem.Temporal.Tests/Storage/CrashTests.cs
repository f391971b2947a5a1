using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Ecosystem.Temporal.Storage;
using Ecosystem.Temporal.Tests.Sdk;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace Ecosystem.Temporal.Tests.Storage;

/// <summary>kill -9 at random moments under load: nothing acknowledged is lost, nothing is doubled, every run ends as it should.</summary>
public sealed class CrashTests
{
    private const int Rounds = 20;
    private const int Seed = 4711;

    [Fact]
    public async Task Kill_TwentyTimesUnderLoad_LosesNothingAcknowledged()
    {
        var cancel = TestContext.Current.CancellationToken;
        var file = Path.Combine(Directory.CreateTempSubdirectory("crash-").FullName, "t.db");
        var address = $"127.0.0.1:{FreePort()}";
        var random = new Random(Seed);
        var load = new Load();
        var server = await ServeAsync(address, file);
        var client = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(address));
        using var worker = new TemporalWorker(client, new TemporalWorkerOptions("q")
            .AddWorkflow<OneActivityWorkflow>().AddWorkflow<CounterWorkflow>().AddWorkflow<ParentWorkflow>().AddActivity(OneActivityWorkflow.Double));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var working = worker.ExecuteAsync(stop.Token);
        for (var round = 0; round < Rounds; round++)
        {
            var running = load.RunAsync(client, round);
            await Task.Delay(random.Next(100, 500), cancel);
            server.Kill();
            await server.WaitForExitAsync(cancel);
            load.Stop();
            server = await ServeAsync(address, file);
            await running;
        }

        await load.CheckAsync(client);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => working);
        server.Kill();
        await server.WaitForExitAsync(cancel);
        await using var store = SqliteStore.Open(file);
        Assert.Empty(StoreVerification.Check(store));
    }

    private static async Task<Process> ServeAsync(string address, string file)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["serve", "--listen", address, "--data", file])
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync();
        return line is null ? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync()) : process;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts, signals and updates, and what of them was acknowledged.</summary>
    private sealed class Load
    {
        private readonly ConcurrentDictionary<string, int> _started = new();
        private readonly ConcurrentDictionary<string, (int Acknowledged, int Sent)> _counters = new();
        private volatile bool _stopped;

        public void Stop() => _stopped = true;

        public async Task RunAsync(TemporalClient client, int round)
        {
            _stopped = false;
            await Task.WhenAll(Enumerable.Range(0, 3).Select(lane => RunLaneAsync(client, round, lane)));
        }

        public async Task CheckAsync(TemporalClient client)
        {
            Assert.NotEmpty(_started);
            Assert.NotEmpty(_counters);
            foreach (var (id, value) in _started)
            {
                Assert.Equal(value * 2, await client.GetWorkflowHandle<OneActivityWorkflow, int>(id).GetResultAsync());
            }

            foreach (var (id, (acknowledged, sent)) in _counters)
            {
                var handle = client.GetWorkflowHandle<CounterWorkflow, int>(id);
                await handle.SignalAsync(workflow => workflow.FinishAsync());
                Assert.InRange(await handle.GetResultAsync(), acknowledged, sent);
            }
        }

        private async Task RunLaneAsync(TemporalClient client, int round, int lane)
        {
            var once = new RpcOptions { Retry = false, Timeout = TimeSpan.FromSeconds(2) };
            for (var i = 0; !_stopped; i++)
            {
                var id = $"{round}-{lane}-{i}";
                try
                {
                    if (i % 3 == 0)
                    {
                        await client.StartWorkflowAsync((CounterWorkflow workflow) => workflow.RunAsync(0), new(id, "q") { Rpc = once });
                        _counters[id] = (0, 0);
                        var handle = client.GetWorkflowHandle<CounterWorkflow>(id);
                        for (var signal = 0; signal < 3; signal++)
                        {
                            _counters[id] = (_counters[id].Acknowledged, _counters[id].Sent + 1);
                            await handle.SignalAsync(workflow => workflow.AddAsync(1), new() { Rpc = once });
                            _counters[id] = (_counters[id].Acknowledged + 1, _counters[id].Sent);
                        }
                    }
                    else
                    {
                        await client.StartWorkflowAsync((OneActivityWorkflow workflow) => workflow.RunAsync(i), new(id, "q") { Rpc = once });
                        _started[id] = i;
                    }
                }
                catch (Exception e) when (e is RpcException or WorkflowAlreadyStartedException)
                {
                    // Not acknowledged: it may have happened or not.
                }
            }
        }
    }
}

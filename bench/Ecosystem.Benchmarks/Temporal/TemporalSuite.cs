using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Ecosystem.Temporal;
using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Ecosystem.Benchmarks.Temporal;

/// <summary>
/// The embedded Temporal service with an unmodified .NET client and worker in the same process. Peers are the figures that the real server
/// 1.32.2 on SQLite reached on such a machine, in memory and on a file.
/// </summary>
internal sealed class TemporalSuite : IBenchmarkSuite
{
    private const int InFlight = 64;
    private const int Workflows = 1500;
    private const int Signals = 4000;
    private const int Timers = 1000;

    public string Name => "temporal";

    public string Description => "embedded Temporal service: durable workflows, signals and timers a second, in memory and on disk";

    public async IAsyncEnumerable<BenchmarkRow> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (where, peerWorkflows, peerSignals) in ((string, double, double)[])[("in memory", 70, 1490), ("on disk", 26, 340)])
        {
            var file = where == "on disk" ? Path.Combine(Directory.CreateTempSubdirectory("bench-temporal-").FullName, "t.db") : null;
            await using var service = await EmbeddedTemporal.StartAsync(new EmbeddedTemporalOptions { DataFile = file }, cancellationToken);
            var client = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(service.Address));
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            using var worker = new TemporalWorker(client, new TemporalWorkerOptions("bench") { MaxConcurrentWorkflowTasks = 100, MaxConcurrentActivities = 100 }
                .AddWorkflow<BenchWorkflow>().AddWorkflow<BenchTimerWorkflow>().AddActivity(BenchWorkflow.Echo));
            var working = worker.ExecuteAsync(stop.Token);
            await ExecuteAsync(client, "warm", 300);
            var cpu = Process.GetCurrentProcess().TotalProcessorTime;
            var watch = Stopwatch.StartNew();
            var latencies = await ExecuteAsync(client, "run", Workflows);
            var rate = Workflows / watch.Elapsed.TotalSeconds;
            cpu = Process.GetCurrentProcess().TotalProcessorTime - cpu;
            yield return new BenchmarkRow(Name, $"one-activity workflows, {InFlight} in flight, {where}", rate, "1/s", "server 1.32.2", rate / peerWorkflows);
            yield return new BenchmarkRow(Name, $"latency p99, {where}", latencies[(int)(latencies.Length * 0.99)], "ms");
            yield return new BenchmarkRow(Name, $"CPU of client, worker and service a workflow, {where}", cpu.TotalMilliseconds / Workflows, "ms");
            var signaled = await SignalAsync(client, where);
            yield return new BenchmarkRow(Name, $"signals to one execution, {where}", signaled, "1/s", "server 1.32.2", signaled / peerSignals);
            yield return new BenchmarkRow(Name, $"{Timers} timers of the same second: all resumed after, {where}", await FireTimersAsync(client), "s");
            await stop.CancelAsync();
            await working.ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    private static async Task<double[]> ExecuteAsync(TemporalClient client, string prefix, int count)
    {
        var next = 0;
        var latencies = new ConcurrentBag<double>();
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(async _ =>
        {
            for (var i = Interlocked.Increment(ref next); i <= count; i = Interlocked.Increment(ref next))
            {
                var watch = Stopwatch.StartNew();
                await client.ExecuteWorkflowAsync((BenchWorkflow workflow) => workflow.RunAsync(i), new($"{prefix}-{i}-{Guid.NewGuid():N}", "bench"));
                latencies.Add(watch.Elapsed.TotalMilliseconds);
            }
        }));
        return [.. latencies.Order()];
    }

    private static async Task<double> SignalAsync(TemporalClient client, string where)
    {
        var handle = await client.StartWorkflowAsync((BenchWorkflow workflow) => workflow.RunAsync(1), new($"signals-{where}-{Guid.NewGuid():N}", "nobody"));
        var next = 0;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) <= Signals)
            {
                await handle.SignalAsync("s", [1]);
            }
        }));
        return Signals / watch.Elapsed.TotalSeconds;
    }

    private static async Task<double> FireTimersAsync(TemporalClient client)
    {
        var due = DateTime.UtcNow.AddSeconds(8);
        var handles = new ConcurrentBag<WorkflowHandle<BenchTimerWorkflow>>();
        await Parallel.ForEachAsync(Enumerable.Range(0, Timers), new ParallelOptions { MaxDegreeOfParallelism = InFlight }, async (i, _) =>
            handles.Add(await client.StartWorkflowAsync((BenchTimerWorkflow workflow) => workflow.RunAsync(due), new($"timer-{i}-{Guid.NewGuid():N}", "bench"))));
        foreach (var handle in handles)
        {
            await handle.GetResultAsync();
        }

        return (DateTime.UtcNow - due).TotalSeconds;
    }

    [Workflow]
    public sealed class BenchWorkflow
    {
        [Activity]
        public static int Echo(int value) => value;

        [WorkflowRun]
        public async Task<int> RunAsync(int value) =>
            await Workflow.ExecuteActivityAsync(() => Echo(value), new() { StartToCloseTimeout = TimeSpan.FromMinutes(1) });
    }

    [Workflow]
    public sealed class BenchTimerWorkflow
    {
        [WorkflowRun]
        public async Task RunAsync(DateTime due)
        {
            var rest = due - Workflow.UtcNow;
            await Workflow.DelayAsync(rest > TimeSpan.Zero ? rest : TimeSpan.FromMilliseconds(1));
        }
    }
}

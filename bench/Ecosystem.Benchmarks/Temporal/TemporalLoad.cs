using System.Collections.Concurrent;
using System.Diagnostics;
using Temporalio.Client;
using Temporalio.Runtime;
using Temporalio.Worker;

namespace Ecosystem.Benchmarks.Temporal;

/// <summary>An unmodified client and worker, and the load they make.</summary>
internal sealed class TemporalLoad : IAsyncDisposable
{
    /// <summary>Workflows or signals under way at once.</summary>
    public const int InFlight = 64;

    private const string Queue = "bench";
    private static readonly TemporalRuntime Runtime = new(new TemporalRuntimeOptions
    {
        Telemetry = new() { Logging = new() { Filter = new TelemetryFilterOptions(TelemetryFilterOptions.Level.Error, TelemetryFilterOptions.Level.Error) } },
    });

    private readonly CancellationTokenSource _stop = new();
    private readonly TemporalWorker _worker;
    private readonly Task _working;

    private TemporalLoad(TemporalClient client)
    {
        Client = client;
        _worker = new TemporalWorker(client, new TemporalWorkerOptions(Queue) { MaxConcurrentWorkflowTasks = 100, MaxConcurrentActivities = 100, MaxCachedWorkflows = 20_000 }
            .AddWorkflow<BenchWorkflow>().AddWorkflow<BenchTimerWorkflow>().AddActivity(BenchWorkflow.Echo));
        _working = _worker.ExecuteAsync(_stop.Token);
    }

    public TemporalClient Client { get; }

    public static async Task<TemporalLoad> StartAsync(string address) =>
        new(await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(address) { Runtime = Runtime }));

    /// <summary>Executes one-activity workflows.</summary>
    /// <returns>Workflows a second, and the latencies in ms, ascending.</returns>
    public async Task<(double Rate, double[] Latencies)> ExecuteAsync(int count, int inFlight = InFlight)
    {
        var next = 0;
        var run = Guid.NewGuid().ToString("N");
        var latencies = new ConcurrentBag<double>();
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(async _ =>
        {
            for (var i = Interlocked.Increment(ref next); i <= count; i = Interlocked.Increment(ref next))
            {
                var one = Stopwatch.StartNew();
                await Client.ExecuteWorkflowAsync((BenchWorkflow workflow) => workflow.RunAsync(i), new($"{run}-{i}", Queue));
                latencies.Add(one.Elapsed.TotalMilliseconds);
            }
        }));
        return (count / watch.Elapsed.TotalSeconds, [.. latencies.Order()]);
    }

    /// <summary>Sends signals to executions that no worker takes.</summary>
    /// <returns>Signals a second.</returns>
    public async Task<double> SignalAsync(int count)
    {
        // One execution takes 10,000 signals at most.
        var handle = await Client.StartWorkflowAsync((BenchWorkflow workflow) => workflow.RunAsync(1), new($"signals-{Guid.NewGuid():N}", "nobody"));
        var next = 0;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) <= count)
            {
                await handle.SignalAsync("s", [1]);
            }
        }));
        var rate = count / watch.Elapsed.TotalSeconds;
        await handle.TerminateAsync();
        return rate;
    }

    /// <summary>Starts workflows that all sleep until one instant.</summary>
    /// <returns>Seconds from that instant until the last had ended.</returns>
    public async Task<double> FireTimersAsync(int count, TimeSpan ahead)
    {
        var due = DateTime.UtcNow + ahead;
        var run = Guid.NewGuid().ToString("N");
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = InFlight }, async (i, _) =>
            await Client.StartWorkflowAsync((BenchTimerWorkflow workflow) => workflow.RunAsync(due), new($"{run}-{i}", Queue)));
        if (DateTime.UtcNow >= due)
        {
            throw new InvalidOperationException("Starting took longer than the sleep; give it more time.");
        }

        await Task.Delay(due - DateTime.UtcNow);
        while (await Client.CountWorkflowsAsync("WorkflowType = 'BenchTimerWorkflow' AND ExecutionStatus = 'Running'") is { Count: > 0 })
        {
            await Task.Delay(50);
        }

        return (DateTime.UtcNow - due).TotalSeconds;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _working.ContinueWith(static _ => { }, TaskScheduler.Default);
        _worker.Dispose();
        _stop.Dispose();
    }
}

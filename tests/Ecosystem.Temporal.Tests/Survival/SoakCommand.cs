using System.Diagnostics;
using System.Globalization;
using Ecosystem.Temporal.Tests.Sdk;
using Temporalio.Worker;

namespace Ecosystem.Temporal.Tests.Survival;

/// <summary>The command <c>soak [--minutes N] [--data FILE]</c>: mixed load, and the process's memory every ten seconds.</summary>
internal static class SoakCommand
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(string[] args)
    {
        string? Value(string name) => Array.IndexOf(args, name) is var at and >= 0 ? args[at + 1] : null;
        var minutes = double.Parse(Value("--minutes") ?? "60", CultureInfo.InvariantCulture);
        var heaps = await RunAsync(TimeSpan.FromMinutes(minutes), Value("--data"), Interval, Console.WriteLine);
        Console.WriteLine($"managed heap: {heaps[0]:0} MB at first, {heaps[^1]:0} MB at last");
        return 0;
    }

    /// <summary>Runs the load.</summary>
    /// <returns>MB of managed heap after a full collection, at each interval.</returns>
    public static async Task<IReadOnlyList<double>> RunAsync(TimeSpan time, string? file, TimeSpan interval, Action<string> tell)
    {
        var heaps = new List<double>();
        // Runs are kept for longer than a busy machine lets the process stand still, as the load looks at them once they have ended.
        await using var service = await EmbeddedTemporal.StartAsync(new() { DataFile = file, Retention = TimeSpan.FromMinutes(10) });
        var client = await QuietSdk.ConnectAsync(service.Address);
        using var worker = new TemporalWorker(client, new TemporalWorkerOptions(CrashLoad.Queue) { MaxCachedWorkflows = 100 }
            .AddWorkflow<OneActivityWorkflow>()
            .AddWorkflow<CounterWorkflow>()
            .AddWorkflow<ParentWorkflow>()
            .AddWorkflow<SleepWorkflow>()
            .AddActivity(OneActivityWorkflow.Double));
        await worker.ExecuteAsync(async () =>
        {
            var watch = Stopwatch.StartNew();
            for (var round = 0; watch.Elapsed < time; round++)
            {
                var load = new CrashLoad(client);
                var running = load.RunAsync(round);
                await Task.Delay(interval);
                load.Stop();
                await running;
                foreach (var problem in await load.FinishAsync())
                {
                    throw new InvalidOperationException(problem);
                }

                await Task.Delay(TimeSpan.FromSeconds(6));
                var removed = await service.Retention.SweepAsync(CancellationToken.None);
                heaps.Add(GC.GetTotalMemory(forceFullCollection: true) / 1e6);
                tell($"{watch.Elapsed:hh\\:mm\\:ss} heap {heaps[^1]:0.0} MB, resident {Environment.WorkingSet / 1e6:0} MB, {removed} runs removed, {service.Engine.CachedChains} in memory, {service.Engine.TimedRuns} timed; {load}");
            }
        });
        return heaps;
    }
}

using System.Diagnostics;
using System.Runtime.CompilerServices;
using Ecosystem.Temporal;

namespace Ecosystem.Benchmarks.Temporal;

/// <summary>
/// The embedded Temporal service with an unmodified .NET client and worker. Peers are the figures that the real server 1.32.2 on SQLite reached
/// on such a machine, in memory and on a file.
/// </summary>
internal sealed class TemporalSuite : IBenchmarkSuite
{
    private const int Warm = 600;
    private const int Workflows = 2500;
    private const int Rounds = 2;
    private const int Signals = 9_000;

    public string Name => "temporal";

    public string Description => "embedded Temporal service: durable workflows and signals a second, in memory and on disk";

    public async IAsyncEnumerable<BenchmarkRow> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Two services beside each other, measured in turn, so that both see the same machine.
        var file = Path.Combine(Directory.CreateTempSubdirectory("bench-temporal-").FullName, "t.db");
        await using (var inMemory = await EmbeddedTemporal.StartAsync(new EmbeddedTemporalOptions(), cancellationToken))
        await using (var onDisk = await EmbeddedTemporal.StartAsync(new EmbeddedTemporalOptions { DataFile = file }, cancellationToken))
        await using (var memory = await TemporalLoad.StartAsync(inMemory.Address))
        await using (var disk = await TemporalLoad.StartAsync(onDisk.Address))
        {
            await memory.ExecuteAsync(Warm);
            await disk.ExecuteAsync(Warm);
            var (memoryRun, diskRun) = (new Measured(), new Measured());
            for (var round = 0; round < Rounds; round++)
            {
                await memoryRun.AddAsync(memory);
                await diskRun.AddAsync(disk);
            }

            foreach (var row in Rows("in memory", memoryRun, 70).Concat(Rows("on disk", diskRun, 26)))
            {
                yield return row;
            }

            yield return new BenchmarkRow(Name, "one-activity workflows on disk beside those in memory", diskRun.Rate, "1/s", "in memory", diskRun.Rate / memoryRun.Rate);
            var one = await disk.ExecuteAsync(100, inFlight: 1);
            yield return new BenchmarkRow(Name, "one-activity workflows, one at a time, on disk", one.Rate, "1/s", "server 1.32.2", one.Rate / 10);
            var signaled = await memory.SignalAsync(Signals);
            yield return new BenchmarkRow(Name, "signals to one execution, in memory", signaled, "1/s", "server 1.32.2", signaled / 1490);
            signaled = await disk.SignalAsync(Signals);
            yield return new BenchmarkRow(Name, "signals to one execution, on disk", signaled, "1/s", "server 1.32.2", signaled / 340);
        }

        yield return new BenchmarkRow(Name, "flushes a second that the disk does, one after another (4 kB each)", FlushRate(file), "1/s");
    }

    /// <summary>What the disk bounds group commit by: appends of a page, each flushed.</summary>
    private static double FlushRate(string beside)
    {
        using var file = File.OpenHandle(beside + ".flush", FileMode.Create, FileAccess.Write, FileShare.None, FileOptions.DeleteOnClose);
        var page = new byte[4096];
        var watch = Stopwatch.StartNew();
        var count = 0;
        for (; watch.Elapsed < TimeSpan.FromSeconds(1); count++)
        {
            RandomAccess.Write(file, page, count * (long)page.Length);
            RandomAccess.FlushToDisk(file);
        }

        return count / watch.Elapsed.TotalSeconds;
    }

    private IEnumerable<BenchmarkRow> Rows(string where, Measured run, double peer) =>
    [
        new(Name, $"one-activity workflows, {TemporalLoad.InFlight} in flight, {where}", run.Rate, "1/s", "server 1.32.2", run.Rate / peer),
        new(Name, $"latency p99, {where}", run.Latency(0.99), "ms"),
        new(Name, $"CPU of client, worker and service a workflow, {where}", run.Cpu, "ms"),
    ];

    private sealed class Measured
    {
        private readonly List<double> _latencies = [];
        private readonly List<double> _rates = [];
        private double _cpu;

        public double Rate => _rates.Max();

        public double Cpu => _cpu / _latencies.Count;

        public async Task AddAsync(TemporalLoad load)
        {
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            var (rate, latencies) = await load.ExecuteAsync(Workflows);
            _cpu += (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMilliseconds;
            _rates.Add(rate);
            _latencies.AddRange(latencies);
        }

        public double Latency(double part) => _latencies.Order().ElementAt((int)(_latencies.Count * part));
    }
}

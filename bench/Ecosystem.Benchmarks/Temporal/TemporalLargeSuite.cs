using System.Diagnostics;
using System.Runtime.CompilerServices;
using Temporalio.Client;

namespace Ecosystem.Benchmarks.Temporal;

/// <summary>The service on a file with a million closed and 100,000 open executions, beside one on an empty file.</summary>
internal sealed class TemporalLargeSuite : IBenchmarkSuite
{
    private const int Closed = 1_000_000;
    private const int Open = 100_000;
    private const int Workflows = 2500;
    private const int Signals = 9_000;

    public string Name => "temporal-large";

    public string Description => "embedded Temporal service on 1,000,000 closed and 100,000 open executions: rates, restart, memory, lists";

    public async IAsyncEnumerable<BenchmarkRow> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var folder = Environment.GetEnvironmentVariable("BENCH_TEMPORAL_FOLDER") ?? Directory.CreateTempSubdirectory("bench-temporal-").FullName;
        var file = Path.Combine(folder, "large.db");
        if (!File.Exists(file))
        {
            var making = Stopwatch.StartNew();
            await LargeStore.CreateAsync(file, Closed, Open);
            yield return new BenchmarkRow(Name, "making the file", making.Elapsed.TotalSeconds, "s");
        }

        yield return new BenchmarkRow(Name, "size of the file", new FileInfo(file).Length / 1e6, "MB");
        await using var large = await ServiceProcess.StartAsync(file);
        yield return new BenchmarkRow(Name, "from the start of the process until it serves", large.Ready.TotalSeconds, "s");
        var client = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(large.Address));
        await Task.Delay(TimeSpan.FromSeconds(3), cancellationToken);
        yield return new BenchmarkRow(Name, "memory when idle", large.Memory, "MB");
        foreach (var filter in (string[])
        [
            $"{LargeStore.Attribute} = 'region-7'",
            $"{LargeStore.Attribute} = 'region-7' AND ExecutionStatus = 'Completed'",
            "WorkflowId = 'large-500000'",
            "WorkflowType = 'Large3' AND ExecutionStatus = 'Running'",
            "ExecutionStatus = 'Completed'",
        ])
        {
            yield return new BenchmarkRow(Name, $"a page of 100 of: {filter}", await ListAsync(client, filter, cancellationToken), "ms");
        }

        await using var empty = await ServiceProcess.StartAsync(Path.Combine(folder, $"empty-{Guid.NewGuid():N}.db"));
        await using var largeLoad = await TemporalLoad.StartAsync(large.Address);
        await using var emptyLoad = await TemporalLoad.StartAsync(empty.Address);
        await largeLoad.ExecuteAsync(600);
        await emptyLoad.ExecuteAsync(600);
        var rates = (Large: 0.0, Empty: 0.0);
        for (var round = 0; round < 2; round++)
        {
            rates.Large = Math.Max(rates.Large, (await largeLoad.ExecuteAsync(Workflows)).Rate);
            rates.Empty = Math.Max(rates.Empty, (await emptyLoad.ExecuteAsync(Workflows)).Rate);
        }

        yield return new BenchmarkRow(Name, "one-activity workflows, 64 in flight", rates.Large, "1/s", "empty file", rates.Large / rates.Empty);
        var signals = await largeLoad.SignalAsync(Signals);
        yield return new BenchmarkRow(Name, "signals to one execution", signals, "1/s", "empty file", signals / await emptyLoad.SignalAsync(Signals));
        yield return new BenchmarkRow(Name, "memory after that", large.Memory, "MB");
    }

    private static async Task<double> ListAsync(TemporalClient client, string filter, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        for (var i = 0; i < 12; i++)
        {
            var watch = Stopwatch.StartNew();
            await client.WorkflowService.ListWorkflowExecutionsAsync(
                new() { Namespace = "default", Query = filter, PageSize = 100 },
                new RpcOptions { CancellationToken = cancellationToken });
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        return times.Order().ElementAt(6);
    }
}

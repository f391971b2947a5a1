using System.Runtime.CompilerServices;
using Ecosystem.Temporal;

namespace Ecosystem.Benchmarks.Temporal;

/// <summary>Many timers of one instant. The real server 1.32.2 resumed 2,000 in 16 s.</summary>
internal sealed class TemporalTimersSuite : IBenchmarkSuite
{
    private const int Timers = 10_000;

    public string Name => "temporal-timers";

    public string Description => "embedded Temporal service: 10,000 workflows whose timers fire in the same second, in memory and on disk";

    public async IAsyncEnumerable<BenchmarkRow> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var where in (string[])["in memory", "on disk"])
        {
            var file = where == "on disk" ? Path.Combine(Directory.CreateTempSubdirectory("bench-temporal-").FullName, "t.db") : null;
            await using var service = await EmbeddedTemporal.StartAsync(new EmbeddedTemporalOptions { DataFile = file }, cancellationToken);
            await using var load = await TemporalLoad.StartAsync(service.Address);
            await load.ExecuteAsync(300);
            var seconds = await load.FireTimersAsync(Timers, TimeSpan.FromSeconds(40));
            yield return new BenchmarkRow(Name, $"{Timers} timers of the same second: all resumed after, {where}", seconds, "s", "2,000 on server 1.32.2", seconds / 16);
        }
    }
}

using System.Runtime.CompilerServices;

namespace Ecosystem.Benchmarks.Temporal;

/// <summary>What the service itself costs, with client and worker in another process. The real server 1.32.2 took 16 to 19 ms in memory and 33 to 41 on a file.</summary>
internal sealed class TemporalShareSuite : IBenchmarkSuite
{
    private const int Warm = 10_000;
    private const int Workflows = 4000;

    public string Name => "temporal-share";

    public string Description => "embedded Temporal service in a process of its own: its CPU a workflow, in memory and on disk";

    public async IAsyncEnumerable<BenchmarkRow> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var where in (string[])["in memory", "on disk"])
        {
            var file = where == "on disk" ? Path.Combine(Directory.CreateTempSubdirectory("bench-temporal-").FullName, "t.db") : null;
            await using var service = await ServiceProcess.StartAsync(file);
            await using var load = await TemporalLoad.StartAsync(service.Address);

            // Long enough for the runtime to have compiled the service's code anew with what it learned.
            await load.ExecuteAsync(Warm);
            var cpu = service.Cpu;
            var (rate, _) = await load.ExecuteAsync(Workflows);
            cpu = service.Cpu - cpu;
            yield return new BenchmarkRow(Name, $"the service's CPU a one-activity workflow, {where}", cpu.TotalMilliseconds / Workflows, "ms", "server 1.32.2", cpu.TotalMilliseconds / Workflows / (file is null ? 17.5 : 37));
            yield return new BenchmarkRow(Name, $"one-activity workflows in that setting, {where}", rate, "1/s");
            yield return new BenchmarkRow(Name, $"the service's memory after {Warm + Workflows} workflows, {where}", service.Memory, "MB");
        }
    }
}

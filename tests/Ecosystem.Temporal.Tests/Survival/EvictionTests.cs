namespace Ecosystem.Temporal.Tests.Survival;

/// <summary>What is closed leaves memory.</summary>
public sealed class EvictionTests
{
    [Fact]
    public async Task ManyRuns_Closed_AreCollected()
    {
        const int count = 3000;
        await using var service = await EmbeddedTemporal.StartAsync(new() { DataFile = Path.Combine(Directory.CreateTempSubdirectory("eviction-").FullName, "t.db") });
        var client = await QuietSdk.ConnectAsync(service.Address);
        var runs = new WeakReference[count];
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, _) =>
        {
            var handle = await client.StartWorkflowAsync("Any", [], new($"w{i}", "q"));
            runs[i] = Watch(service, $"w{i}");
            await handle.TerminateAsync();
        });

        // Of closed ones about a thousand may stay.
        while (Alive(runs) > 1200)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        // Nor do they stay because somebody has looked at them.
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, _) =>
        {
            Assert.Equal($"w{i}", (await client.GetWorkflowHandle($"w{i}").DescribeAsync()).Id);
            runs[i] = Watch(service, $"w{i}");
        });
        while (Alive(runs) > 1200)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.Equal(0, service.Engine.TimedRuns);
    }

    /// <summary>In a method of its own, so that no local keeps the run alive.</summary>
    private static WeakReference Watch(EmbeddedTemporal service, string id) => service.Engine.WithChain(
        service.Engine.Namespaces.Get("default"), id, chain => new WeakReference(service.Engine.Resolve(chain, "")));

    private static int Alive(WeakReference[] runs)
    {
        GC.Collect();
        return runs.Count(run => run.IsAlive);
    }
}

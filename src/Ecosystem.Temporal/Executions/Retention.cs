namespace Ecosystem.Temporal.Executions;

/// <summary>Removes closed runs and activities whose namespace no longer keeps them.</summary>
internal sealed class Retention : IDisposable
{
    private const int Chunk = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);
    private readonly Engine _engine;
    private readonly StandaloneActivityService _activities;
    private readonly ITimer _timer;
    private int _sweeping;

    public Retention(Engine engine, StandaloneActivityService activities)
    {
        _engine = engine;
        _activities = activities;

        // How often it looks is real time; what is old is the service's time.
        _timer = TimeProvider.System.CreateTimer(_ => _ = SweepQuietlyAsync(), null, Pause, Pause);
    }

    /// <summary>Removes what is over by now.</summary>
    /// <returns>How many runs and activities were removed.</returns>
    public async Task<int> SweepAsync(CancellationToken cancel)
    {
        var removed = 0;
        foreach (var ns in _engine.Namespaces.All.Where(ns => ns.Retention > TimeSpan.Zero))
        {
            // First, as the store's list of what has closed names them, too.
            removed += await _activities.RemoveClosedBeforeAsync(ns, _engine.Now - ns.Retention);
            int found;
            do
            {
                cancel.ThrowIfCancellationRequested();
                var owing = _engine.Store.Transfers().Select(transfer => transfer.Run).ToHashSet();
                var over = _engine.Store.ClosedBefore(ns.Name, _engine.Now - ns.Retention, Chunk).Where(key => !owing.Contains(key)).ToList();
                found = over.Count;
                await Task.WhenAll(over.Select(_engine.Store.Find).OfType<ExecutionRow>().Select(row => _engine.RemoveAsync(ns, row.WorkflowId, row.RunId)));
                removed += found;
            }
            while (found == Chunk);
        }

        return removed;
    }

    public void Dispose() => _timer.Dispose();

    private async Task SweepQuietlyAsync()
    {
        if (Interlocked.Exchange(ref _sweeping, 1) == 1)
        {
            return;
        }

        try
        {
            await SweepAsync(_engine.Stopping);
        }
        catch (Exception e) when (e is StoreException or OperationCanceledException or ObjectDisposedException)
        {
            // The next sweep tries again.
        }
        finally
        {
            Volatile.Write(ref _sweeping, 0);
        }
    }
}

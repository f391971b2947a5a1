namespace Ecosystem.Temporal.Executions;

/// <summary>
/// After a write that failed (a full disk, say) memory is ahead of the store and is dropped. What the dropped runs had to do is taken up from
/// the store again, until it works.
/// </summary>
internal sealed class Recovery(Engine engine)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<long, byte> _dropped = new();
    private int _working;

    /// <summary>A run was dropped from memory.</summary>
    public void Dropped(long key)
    {
        _dropped[key] = 0;
        if (Interlocked.Exchange(ref _working, 1) == 0)
        {
            _ = Task.Run(WorkAsync);
        }
    }

    private async Task WorkAsync()
    {
        try
        {
            while (!_dropped.IsEmpty)
            {
                await Task.Delay(Pause, engine.Stopping);
                foreach (var key in _dropped.Keys)
                {
                    engine.TakeUp(key);
                    _dropped.TryRemove(key, out _);
                }

                engine.TakeUpTransfers();
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The service stops; the next start takes everything up.
        }
        catch (Exception e) when (e is StoreException or RpcException)
        {
            _dropped.TryAdd(0, 0);
        }
        finally
        {
            Volatile.Write(ref _working, 0);
            if (!_dropped.IsEmpty && !engine.Stopping.IsCancellationRequested)
            {
                Dropped(0);
            }
        }
    }
}

namespace Ecosystem.Workflows.Definitions;

/// <summary>Says that the triggers of a definition changed. Safe for use by many threads.</summary>
internal sealed class TriggerSignal : IDisposable
{
    private readonly SemaphoreSlim changed = new(0);

    public void Dispose() => changed.Dispose();

    internal void Set() => changed.Release();

    /// <summary>Waits until triggers changed, or for a while.</summary>
    internal async Task WaitAsync(TimeSpan longest, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await changed.WaitAsync(either.Token);
            while (changed.Wait(0, CancellationToken.None))
            {
                // Several changes are one.
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }
    }
}

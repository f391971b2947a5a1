namespace Ecosystem.Temporal.Operations;

/// <summary>Whether the service serves: not while it stops, and not while its store takes no changes.</summary>
internal sealed class ServiceHealth(IStore store, CancellationToken stopping)
{
    public CancellationToken Stopping => stopping;

    /// <summary>Why it does not serve; null if it does.</summary>
    public string? Problem => stopping.IsCancellationRequested ? "The service stops." : store.LastFailure?.Message;
}

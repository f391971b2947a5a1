using Ecosystem.Workflows.Storage;
using Microsoft.Extensions.Hosting;

namespace Ecosystem.Workflows.Integration;

/// <summary>
/// Works in passes: at once again while there is something to do, else when it is woken or after a while, as another process may have left work.
/// Of several processes on one database one works.
/// </summary>
/// <param name="leases">Say which process that is.</param>
/// <param name="lease">The name of the work among them.</param>
/// <param name="woken">Wakes it.</param>
/// <param name="idle">How long it rests without being woken, and after a failure; real time, whatever the application's clock says.</param>
internal abstract class PollingService(Leases leases, string lease, WorkSignal woken, TimeSpan idle) : BackgroundService
{
    /// <summary>Tells that there is work.</summary>
    public void Wake() => woken.Raise();

    /// <summary>Does what is due.</summary>
    /// <returns>True when something was done, so that there may be more.</returns>
    internal abstract Task<bool> PassAsync(CancellationToken cancellationToken);

    /// <summary>Tells that a pass failed; it is tried again.</summary>
    protected abstract void Failed(Exception error);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var keeping = leases.KeepAsync(lease, Failed, stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!leases.Holds(lease) || !await PassAsync(stoppingToken))
                {
                    await woken.WaitAsync(idle, stoppingToken);
                }
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception error)
            {
                Failed(error);
                await Task.Delay(idle, CancellationToken.None);
            }
        }

        await keeping;
    }
}

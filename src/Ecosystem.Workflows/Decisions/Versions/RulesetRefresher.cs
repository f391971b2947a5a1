using Ecosystem.Workflows.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Workflows.Decisions;

/// <summary>Brings published rulesets into the catalogue: at the start before anything is decided, then whenever another process has published.</summary>
/// <param name="catalog">The catalogue.</param>
/// <param name="storage">The database.</param>
/// <param name="logger">The log.</param>
internal sealed partial class RulesetRefresher(RulesetCatalog catalog, StorageSession storage, ILogger<RulesetRefresher> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await catalog.RefreshAsync(storage, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Other processes publish in real time, whatever the clock of the cases says: a simulated day must not look 8,640 times.
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await RefreshAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program stops.
        }
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await catalog.RefreshAsync(storage, cancellationToken) is > 0 and var count)
            {
                LogTaken(count);
            }
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // The rulesets known so far go on deciding; the next round tries again.
            LogFailed(error);
        }
    }
}

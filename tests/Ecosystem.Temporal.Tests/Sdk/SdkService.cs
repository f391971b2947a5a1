using Temporalio.Client;
using Temporalio.Worker;

namespace Ecosystem.Temporal.Tests.Sdk;

/// <summary>The service with an unmodified client and worker on it.</summary>
internal sealed class SdkService : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public required EmbeddedTemporal Service { get; init; }

    public required TemporalClient Client { get; init; }

    public VirtualClock? Clock { get; private init; }

    public static async Task<SdkService> StartAsync(TimeProvider? clock = null, string? dataFile = null, bool worker = true)
    {
        var service = await EmbeddedTemporal.StartAsync(new EmbeddedTemporalOptions { Clock = clock ?? TimeProvider.System, DataFile = dataFile });
        var client = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(service.Address));
        var sdk = new SdkService { Service = service, Client = client, Clock = clock as VirtualClock };
        if (worker)
        {
            sdk.Work();
        }

        return sdk;
    }

    public void Work()
    {
        var worker = new TemporalWorker(Client, new TemporalWorkerOptions("q")
            .AddWorkflow<OneActivityWorkflow>()
            .AddWorkflow<SleepWorkflow>()
            .AddWorkflow<CounterWorkflow>()
            .AddWorkflow<ParentWorkflow>()
            .AddWorkflow<CountdownWorkflow>()
            .AddWorkflow<FlakyWorkflow>()
            .AddWorkflow<AgainWorkflow>()
            .AddActivity(OneActivityWorkflow.Double)
            .AddActivity(FlakyWorkflow.FailTwice)
            .AddActivity(FlakyWorkflow.WaitForCancelAsync));
        _running = Task.Run(async () =>
        {
            using (worker)
            {
                await worker.ExecuteAsync(_stop.Token);
            }
        });
    }

    /// <summary>Moves the clock from due time to due time until nothing is left to happen, or the time is reached.</summary>
    public async Task SkipToAsync(DateTimeOffset time)
    {
        var cancel = TestContext.Current.CancellationToken;
        await Service.WaitUntilIdleAsync(cancel);
        while (Service.NextDueTime is { } due && due <= time)
        {
            Clock!.AdvanceTo(due);
            await Service.WaitUntilIdleAsync(cancel);
        }

        Clock!.AdvanceTo(time);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _running;
        }
        catch (OperationCanceledException)
        {
            // That is how a worker ends.
        }

        await Service.DisposeAsync();
        _stop.Dispose();
    }
}

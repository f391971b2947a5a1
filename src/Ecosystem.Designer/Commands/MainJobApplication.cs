using Ecosystem.Designer.Hosting;
using Ecosystem.Temporal;
using Ecosystem.Workflows;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Integration.Outbox;
using Ecosystem.Workflows.Storage;
using Temporalio.Client;

namespace Ecosystem.Designer.Commands;

/// <summary>
/// The application without its pages, in virtual time: the same rooms, worker and outbox, over an embedded workflow service whose clock is
/// the application's. The service starts late, for its clock has to stand where the data folder left it.
/// </summary>
internal sealed class MainJobApplication : IAsyncDisposable
{
    private readonly IHost host;
    private readonly DataDirectory data;
    private readonly VirtualClock clock;
    private EmbeddedTemporal? temporal;
    private ITemporalClient? client;

    private MainJobApplication(IConfiguration configuration, DataDirectory data, VirtualClock clock)
    {
        (this.data, this.clock) = (data, clock);
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddConfiguration(configuration);
        builder.Configuration.AddInMemoryCollection([new("Ecosystem:DataDirectory", data.Path)]);
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddEcosystemWorkflows(builder.Configuration);
        builder.Services.AddSingleton<ITemporalClient>(_ => client ?? throw new InvalidOperationException("The workflow service is not started."));
        builder.Services.AddOutboxDispatcher();
        builder.Services.AddEcosystemWorker();
        host = builder.Build();
    }

    /// <summary>The application's services.</summary>
    public IServiceProvider Services => host.Services;

    /// <summary>Builds the application; nothing runs yet.</summary>
    public static MainJobApplication Build(IConfiguration configuration, DataDirectory data, VirtualClock clock) => new(configuration, data, clock);

    /// <summary>Brings in the shipped definitions and starts workflow service, outbox and worker.</summary>
    public async Task<SimulatedTime> StartAsync(CancellationToken cancellationToken)
    {
        await Services.GetRequiredService<DefinitionService>().SeedAsync(ShippedFiles.Definitions, cancellationToken);
        temporal = await EmbeddedTemporal.StartAsync(
            new EmbeddedTemporalOptions { DataFile = data.Locate("temporal.db"), Clock = clock, Retention = TimeSpan.FromDays(36_500), InProcessWorkers = EcosystemTemporal.InProcess },
            cancellationToken);
        client = await EcosystemTemporal.ConnectAsync(temporal.Address, logging: Services.GetRequiredService<ILoggerFactory>(), identity: EcosystemTemporal.InProcess);
        await host.StartAsync(cancellationToken);
        return new SimulatedTime(clock, temporal, Services.GetRequiredService<IOutboxDispatcher>(), Services.GetRequiredService<StorageSession>());
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        if (host is IAsyncDisposable asynchronous)
        {
            await asynchronous.DisposeAsync();
        }

        if (temporal is not null)
        {
            await temporal.DisposeAsync();
        }
    }
}

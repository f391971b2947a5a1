using Ecosystem.Temporal;
using Ecosystem.Workflows;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Integration.Outbox;
using Ecosystem.Workflows.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Temporalio.Client;

namespace Ecosystem.Benchmarks.Tasks;

/// <summary>The product without its pages on files of its own; with a worker and the embedded service where wanted.</summary>
internal sealed class BenchApplication : IAsyncDisposable
{
    private readonly IHost host;
    private EmbeddedTemporal? temporal;
    private ITemporalClient? client;

    private BenchApplication(string folder, bool withWorker)
    {
        Folder = folder;
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection([new("Ecosystem:DataDirectory", folder)]);
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Services.AddEcosystemWorkflows(builder.Configuration);
        builder.Services.AddSingleton<ITemporalClient>(_ => client!);
        if (withWorker)
        {
            builder.Services.AddOutboxDispatcher();
            builder.Services.AddEcosystemWorker();
        }

        host = builder.Build();
    }

    public string Folder { get; }

    /// <summary>The client of the service; null without a worker.</summary>
    public ITemporalClient? Client => client;

    public static async Task<BenchApplication> StartAsync(bool withWorker, CancellationToken cancellationToken)
    {
        var application = new BenchApplication(Directory.CreateTempSubdirectory("ecosystem-bench-").FullName, withWorker);
        await application.Get<DatabaseSchema>().EnsureAsync(cancellationToken);
        if (withWorker)
        {
            application.temporal = await EmbeddedTemporal.StartAsync(new EmbeddedTemporalOptions { DataFile = Path.Combine(application.Folder, "temporal.db") }, cancellationToken);
            application.client = await EcosystemTemporal.ConnectAsync(application.temporal.Address);
            await application.host.StartAsync(cancellationToken);
        }

        return application;
    }

    public T Get<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        if (temporal is not null)
        {
            await host.StopAsync();
        }

        host.Dispose();
        if (temporal is not null)
        {
            await temporal.DisposeAsync();
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }
}

using Ecosystem.Temporal;
using Ecosystem.Workflows.Definitions;
using Ecosystem.Workflows.Integration.Outbox;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Ecosystem.Designer.Hosting;

/// <summary>Starts the embedded Temporal service where there is no other, and connects this process to the one there is.</summary>
internal static class TemporalSetup
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Starts the embedded service with its file in the data folder; null when the settings name another service.</summary>
    /// <exception cref="StartupException">Its address cannot be used or its file cannot be opened.</exception>
    public static async Task<EmbeddedTemporal?> StartEmbeddedAsync(HostSettings settings, DataDirectory data, TimeProvider clock)
    {
        if (!settings.EmbedsTemporal)
        {
            return null;
        }

        try
        {
            return await EmbeddedTemporal.StartAsync(new EmbeddedTemporalOptions
            {
                DataFile = data.Locate("temporal.db"),
                Listen = settings.TemporalListen,
                Namespace = settings.TemporalNamespace,
                Clock = clock,
                InProcessWorkers = EcosystemTemporal.InProcess,

                // A case's history is its explanation: as long as its audit trail may be asked for.
                Retention = TimeSpan.FromDays(3_650),
            });
        }
        catch (Exception error) when (error is IOException or ArgumentException or Microsoft.Data.Sqlite.SqliteException)
        {
            throw new StartupException($"The embedded Temporal service cannot start at Temporal__Listen {settings.TemporalListen}: {error.Message}", error);
        }
    }

    /// <summary>Connects to the service; one that is just being started is waited for.</summary>
    /// <exception cref="StartupException">Nothing answers at the address.</exception>
    public static async Task<ITemporalClient> ConnectAsync(HostSettings settings, string address)
    {
        for (var waited = TimeSpan.Zero; ; waited += Pause)
        {
            try
            {
                return await EcosystemTemporal.ConnectAsync(address, settings.TemporalNamespace, identity: settings.EmbedsTemporal ? EcosystemTemporal.InProcess : null);
            }
            catch (Exception error) when (error is InvalidOperationException or RpcException)
            {
                if (waited >= Patience)
                {
                    throw new StartupException($"No Temporal service answers at Temporal__Address {address}: start it, or correct the address ({error.Message}).", error);
                }

                await Task.Delay(Pause);
            }
        }
    }

    /// <summary>Registers the client and, in roles that run workflows, the worker.</summary>
    /// <param name="services">The services.</param>
    /// <param name="settings">The host's settings.</param>
    /// <param name="client">The client; it is there before anything is started that asks for it.</param>
    public static void AddTemporal(this IServiceCollection services, HostSettings settings, Task<ITemporalClient> client)
    {
        services.AddSingleton(_ => client.IsCompletedSuccessfully ? client.Result : throw new InvalidOperationException("The Temporal service is not connected yet."));

        // One process delivers the outbox, the one next to which most of it is written.
        if (settings.ServesSite)
        {
            services.AddOutboxDispatcher();
        }

        if (settings.RunsWorker)
        {
            services.AddEcosystemWorker();
            services.AddTriggerSchedules();
        }
    }
}

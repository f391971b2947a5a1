using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Temporal;

/// <summary>
/// A Temporal service in this process: unmodified Temporal clients and workers connect to <see cref="Address"/>. Thread-safe.
/// </summary>
public sealed class EmbeddedTemporal : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly Engine _engine;
    private readonly IStore _store;

    private EmbeddedTemporal(WebApplication application, Engine engine, IStore store, string address)
    {
        _application = application;
        _engine = engine;
        _store = store;
        Address = address;
    }

    /// <summary>Where the service listens, as "HOST:PORT".</summary>
    public string Address { get; }

    /// <summary>When something happens next by the service's clock if nobody does anything: a timer, a retry, a time-out; null if nothing.</summary>
    public DateTimeOffset? NextDueTime => _engine.Timers.NextDue() is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    internal Engine Engine => _engine;

    /// <summary>Starts the service; it listens when the task completes.</summary>
    /// <param name="options">How to run it.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="ArgumentException">An option is not good; the message says which.</exception>
    /// <exception cref="IOException">The address is taken, or the data file cannot be used.</exception>
    public static async Task<EmbeddedTemporal> StartAsync(EmbeddedTemporalOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var (address, port) = ParseListen(options);
        IStore store = options.DataFile is null ? new MemoryStore() : SqliteStore.Open(options.DataFile);
        try
        {
            return await StartAsync(options, store, address, port, cancellationToken);
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Completes when nothing is scheduled, in flight or due at the clock's present time: no workflow task, activity, query or message
    /// between workflows. Timers and retries of later do not count.
    /// </summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task WaitUntilIdleAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            await _engine.Idle.WhenIdle().WaitAsync(cancellationToken);
            if (_engine.Timers.NextDue() is not { } due || due > _engine.Now.UtcTicks)
            {
                if (_engine.Idle.IsIdle)
                {
                    return;
                }

                continue;
            }

            _engine.Timers.Run();
            await Task.Yield();
        }
    }

    /// <summary>Stops the service. What was acknowledged is in the data file, if there is one.</summary>
    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        using (var stop = new CancellationTokenSource(TimeSpan.FromSeconds(2)))
        {
            try
            {
                await _application.StopAsync(stop.Token);
            }
            catch (OperationCanceledException)
            {
                // Calls that did not end in time are cut off.
            }
        }

        await _application.DisposeAsync();
        await _store.DisposeAsync();
    }

    private static async Task<EmbeddedTemporal> StartAsync(
        EmbeddedTemporalOptions options,
        IStore store,
        IPAddress address,
        int port,
        CancellationToken cancellationToken)
    {
        var skipping = options.TimeSkipping ? new SkippingClock(options.Clock) : null;
        var namespaces = new NamespaceRegistry(store);
        foreach (var name in (string[])[options.Namespace, "temporal-system"])
        {
            if (namespaces.Find(name) is null)
            {
                await namespaces.SaveAsync(new NamespaceRecord(name, Guid.NewGuid().ToString()));
            }
        }

        var engine = new Engine(store, skipping ?? options.Clock, namespaces, new TaskQueues());
        var workflow = new RpcHandlers();
        new WorkflowHandlers(engine).AddTo(workflow);
        var activities = new StandaloneActivityService(engine);
        new TaskHandlers(engine, activities).AddTo(workflow);
        new StandaloneActivityHandlers(engine, activities).AddTo(workflow);
        SystemHandlers.AddTo(workflow);
        new NamespaceHandlers(engine).AddTo(workflow);
        new DisabledHandlers(engine).AddTo(workflow);
        new ActivityOperationHandlers(engine).AddTo(workflow);
        var workers = new WorkerRegistry(engine.Clock);
        namespaces.Cleaners.Add(workers.ClearAsync);
        new WorkerHandlers(engine, workers).AddTo(workflow);
        new DeploymentHandlers(engine).AddTo(workflow);
        new TaskQueueHandlers(engine, new TaskQueueSettings(store, namespaces, engine.Queues), engine.Deployments).AddTo(workflow);
        new VisibilityHandlers(engine).AddTo(workflow);
        var schedules = new ScheduleService(engine);
        new ScheduleHandlers(engine, schedules).AddTo(workflow);
        var batches = new BatchService(engine);
        namespaces.Cleaners.Add(batches.ClearAsync);
        new BatchHandlers(engine, batches).AddTo(workflow);
        var test = new RpcHandlers();
        new TestHandlers(engine, skipping).AddTo(test);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.Http2.MaxStreamsPerConnection = 10_000;
            kestrel.Limits.Http2.InitialConnectionWindowSize = 8 * 1024 * 1024;
            kestrel.Limits.Http2.InitialStreamWindowSize = 2 * 1024 * 1024;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(address, port, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = 64 * 1024 * 1024;
            grpc.MaxSendMessageSize = null;
        });
        builder.Services.AddSingleton<RpcObserver>();
        Bind<WorkflowRpc>(builder.Services, workflow, Temporalio.Api.WorkflowService.V1.ServiceReflection.Descriptor);
        Bind<OperatorRpc>(builder.Services, workflow, Temporalio.Api.OperatorService.V1.ServiceReflection.Descriptor);
        Bind<TestRpc>(builder.Services, test, Temporalio.Api.TestService.V1.ServiceReflection.Descriptor);
        builder.Services.AddSingleton<Grpc.AspNetCore.Server.Model.IServiceMethodProvider<HealthRpc>, HealthMethodProvider>();
        var application = builder.Build();
        application.MapGrpcService<WorkflowRpc>();
        application.MapGrpcService<OperatorRpc>();
        application.MapGrpcService<TestRpc>();
        application.MapGrpcService<HealthRpc>();
        skipping?.Attach(engine);
        engine.Start();
        schedules.Start();
        activities.Start();
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch
        {
            await application.DisposeAsync();
            await engine.DisposeAsync();
            throw;
        }

        var bound = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new EmbeddedTemporal(application, engine, store, new Uri(bound).Authority);
    }

    private static void Bind<TService>(IServiceCollection services, RpcHandlers handlers, Google.Protobuf.Reflection.FileDescriptor file)
        where TService : class =>
        services.AddSingleton<Grpc.AspNetCore.Server.Model.IServiceMethodProvider<TService>>(
            provider => new RpcMethodProvider<TService>(handlers, provider.GetRequiredService<RpcObserver>(), file.Services[0]));

    private static (IPAddress Address, int Port) ParseListen(EmbeddedTemporalOptions options)
    {
        var colon = options.Listen.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(options.Listen[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port > 65535)
        {
            throw new ArgumentException($"Listen is '{options.Listen}', which is not HOST:PORT; an example is 127.0.0.1:7233.", nameof(options));
        }

        var host = options.Listen[..colon].Trim('[', ']');
        if (host == "localhost")
        {
            host = "127.0.0.1";
        }

        if (!IPAddress.TryParse(host, out var address))
        {
            throw new ArgumentException($"Listen names the host '{host}', which is no IP address and not localhost.", nameof(options));
        }

        if (!IPAddress.IsLoopback(address) && !options.AllowNonLoopback)
        {
            throw new ArgumentException(
                $"Listen is '{options.Listen}', which other machines can reach; set AllowNonLoopback if that is meant, or listen on 127.0.0.1.",
                nameof(options));
        }

        return (address, port);
    }
}

using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Temporal;

/// <summary>
/// A Temporal service in this process: unmodified Temporal clients and workers connect to <see cref="Address"/>. Thread-safe.
/// </summary>
public sealed class EmbeddedTemporal : IAsyncDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(2);
    private readonly List<IAsyncDisposable> _parts;
    private readonly Engine _engine;
    private readonly EmbeddedTemporalOptions _options;

    private EmbeddedTemporal(EmbeddedTemporalOptions options, Engine engine, List<IAsyncDisposable> parts)
    {
        _options = options;
        _engine = engine;
        _parts = parts;
    }

    /// <summary>Where the service listens, as "HOST:PORT".</summary>
    public string Address { get; private set; } = "";

    /// <summary>Where metrics and health are served, as "HOST:PORT"; null if they are not.</summary>
    public string? OperationsAddress { get; private set; }

    /// <summary>Name of the service's <see cref="System.Diagnostics.Metrics.Meter"/> and <see cref="System.Diagnostics.ActivitySource"/>, for hosts that export them.</summary>
    public static string TelemetryName => ServiceMetrics.Name;

    /// <summary>When something happens next by the service's clock if nobody does anything: a timer, a retry, a time-out; null if nothing.</summary>
    public DateTimeOffset? NextDueTime => _engine.Timers.NextDue() is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    internal Engine Engine => _engine;

    internal Retention Retention { get; private set; } = null!;

    /// <summary>Names of the RPCs that are implemented.</summary>
    internal IReadOnlySet<string> Implemented { get; private set; } = new HashSet<string>();

    /// <summary>Starts the service; it listens when the task completes.</summary>
    /// <param name="options">How to run it; null runs it in memory with the defaults.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="ArgumentException">An option is not good; the message says which.</exception>
    /// <exception cref="IOException">The address is taken, or the data file cannot be used.</exception>
    public static async Task<EmbeddedTemporal> StartAsync(EmbeddedTemporalOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new EmbeddedTemporalOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchOperationsPerSecond, 1);
        var address = ListenAddress.OfService(options);
        var operations = ListenAddress.OfOperations(options);
        IStore store = options.DataFile is null ? new MemoryStore() : SqliteStore.Open(options.DataFile, options.MaximumDataFileBytes);
        List<IAsyncDisposable> parts = [store];
        try
        {
            return await StartAsync(options, store, parts, address, operations, cancellationToken);
        }
        catch (Exception e)
        {
            await StopAsync(parts);
            if (e is StoreException)
            {
                throw new IOException($"The data file '{options.DataFile}' cannot be used. {e.Message}", e);
            }

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

    /// <summary>
    /// Copies what is on disk at this moment to a new file while the service goes on. The copy is a data file: a service starts from it.
    /// </summary>
    /// <param name="file">The new file; it appears when the copy is complete.</param>
    /// <param name="cancellationToken">Gives up before the copy begins.</param>
    /// <exception cref="InvalidOperationException">The service keeps its data in memory.</exception>
    /// <exception cref="IOException">The file exists already or cannot be written.</exception>
    public Task BackupAsync(string file, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        return _options.DataFile is { } source
            ? Task.Run(() => SqliteBackup.Copy(source, file), cancellationToken)
            : throw new InvalidOperationException("The service keeps its data in memory; only one with a data file can be backed up.");
    }

    /// <summary>Checks a data file that no service uses: the file itself, and every history against the state, timers and lists kept beside it.</summary>
    /// <param name="file">The data file.</param>
    /// <param name="progress">Told how many of how many runs were looked at, from time to time.</param>
    /// <returns>What is wrong, a line each; empty if nothing is.</returns>
    /// <exception cref="IOException">The file does not exist, is in use, or is no data file.</exception>
    public static async Task<IReadOnlyList<string>> VerifyAsync(string file, Action<long, long>? progress = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        if (!File.Exists(file))
        {
            throw new FileNotFoundException($"There is no data file '{Path.GetFullPath(file)}'.", file);
        }

        await using var store = SqliteStore.Open(file);
        return await Task.Run(() => StoreVerification.Check(store, progress));
    }

    /// <summary>Stops the service. What was acknowledged is in the data file, if there is one.</summary>
    public async ValueTask DisposeAsync() => await StopAsync(_parts);

    private static async Task<EmbeddedTemporal> StartAsync(
        EmbeddedTemporalOptions options,
        IStore store,
        List<IAsyncDisposable> parts,
        IPEndPoint address,
        IPEndPoint? operations,
        CancellationToken cancellationToken)
    {
        var skipping = options.TimeSkipping ? new SkippingClock(options.Clock) : null;
        var namespaces = await NamespacesAsync(options, store);
        var engine = new Engine(store, skipping ?? options.Clock, namespaces, new TaskQueues()) { HistoryLimits = options.HistoryLimits, InProcessWorkers = options.InProcessWorkers };
        var service = new EmbeddedTemporal(options, engine, parts);
        var metrics = new ServiceMetrics(engine);
        if (store is SqliteStore sqlite)
        {
            sqlite.Written = metrics.Stored;
        }

        var schedules = new ScheduleService(engine);
        var activities = new StandaloneActivityService(engine);
        var batches = new BatchService(engine, activities, options.BatchOperationsPerSecond);
        var handlers = ServiceComposition.Handlers(engine, schedules, activities, batches);
        var test = new RpcHandlers();
        new TestHandlers(engine, skipping).AddTo(test);
        service.Implemented = handlers.Implemented.Concat(test.Implemented).ToHashSet();
        var health = new ServiceHealth(store, engine.Stopping);
        var application = ServiceComposition.Server(options, address, handlers, test, health, new Admission(store, options.MaximumLongPolls), metrics);
        parts.Insert(0, new Part(metrics.Dispose));
        parts.Insert(0, application);
        parts.Insert(0, new Part(schedules.Dispose));
        parts.Insert(0, engine);
        skipping?.Attach(engine);
        engine.Start();
        schedules.Start();
        activities.Start();
        batches.Resume();
        service.Retention = new Retention(engine, activities);
        parts.Insert(0, new Part(service.Retention.Dispose));
        await application.StartAsync(cancellationToken);
        service.Address = Bound(application);
        if (operations is not null)
        {
            var endpoint = await OperationsEndpoint.StartAsync(operations, health, cancellationToken);
            parts.Insert(0, endpoint);
            service.OperationsAddress = Bound(endpoint);
        }

        return service;
    }

    private static async Task<NamespaceRegistry> NamespacesAsync(EmbeddedTemporalOptions options, IStore store)
    {
        var namespaces = new NamespaceRegistry(store);
        foreach (var name in (string[])[options.Namespace, "temporal-system"])
        {
            if (namespaces.Find(name) is null)
            {
                await namespaces.SaveAsync(new NamespaceRecord(name, Guid.NewGuid().ToString()) { Retention = options.Retention });
            }
        }

        var ns = namespaces.Get(options.Namespace);
        var missing = options.SearchAttributes.Where(attribute => !ns.SearchAttributes.Fields.ContainsKey(attribute.Key)).ToDictionary();
        if (missing.Count > 0)
        {
            ns.SearchAttributes = ns.SearchAttributes.Add(missing);
            await namespaces.SaveAsync(ns);
        }

        return namespaces;
    }

    private static async Task StopAsync(List<IAsyncDisposable> parts)
    {
        foreach (var part in parts)
        {
            if (part is WebApplication application)
            {
                using var stop = new CancellationTokenSource(StopPatience);
                try
                {
                    await application.StopAsync(stop.Token);
                }
                catch (OperationCanceledException)
                {
                    // Calls that did not end in time are cut off.
                }
            }

            await part.DisposeAsync();
        }

        parts.Clear();
    }

    private static string Bound(WebApplication application) =>
        new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Authority;

    /// <summary>A part that is disposed without waiting.</summary>
    private sealed class Part(Action dispose) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            dispose();
            return ValueTask.CompletedTask;
        }
    }
}

using System.Diagnostics.CodeAnalysis;
using Temporalio.Client;
using Temporalio.Client.Interceptors;
using Temporalio.Testing;

namespace Ecosystem.Temporal;

/// <summary>
/// A <see cref="WorkflowEnvironment"/> on the embedded service: tests that use the SDK's own run on it when the class that starts it is
/// changed, and nothing is downloaded. It is local or time-skipping, as the SDK's is; there is no user interface. Thread-safe.
/// </summary>
public sealed class EmbeddedWorkflowEnvironment : WorkflowEnvironment
{
    private readonly EmbeddedTemporal _service;
    private readonly TimeSkipping? _skipping;

    private EmbeddedWorkflowEnvironment(ITemporalClient client, EmbeddedTemporal service, TimeSkipping? skipping)
        : base(client)
    {
        _service = service;
        _skipping = skipping;
    }

    /// <summary>Where the service listens, as "HOST:PORT".</summary>
    public string Address => _service.Address;

    /// <inheritdoc/>
    public override bool SupportsTimeSkipping => _skipping is not null;

    /// <summary>Starts an environment whose time is real.</summary>
    /// <param name="options">
    /// The client's options, the search attributes to have, and of the development server's options the file of its database; the others have
    /// no meaning here. <see cref="TemporalConnectionOptions.TargetHost"/>, if set, is the address to listen on.
    /// </param>
    /// <exception cref="IOException">The address is taken, or the database file cannot be used.</exception>
    public static new Task<EmbeddedWorkflowEnvironment> StartLocalAsync(WorkflowEnvironmentStartLocalOptions? options = null)
    {
        options ??= new WorkflowEnvironmentStartLocalOptions();
        var attributes = (options.SearchAttributes ?? []).ToDictionary(key => key.Name, key => key.ValueType);
        return StartAsync(options, new EmbeddedTemporalOptions { DataFile = options.DevServerOptions.DatabaseFilename, SearchAttributes = attributes });
    }

    /// <summary>
    /// Starts an environment that skips time: while a workflow's result is awaited through <see cref="WorkflowEnvironment.Client"/>, or in
    /// <see cref="DelayAsync"/>, and nothing is to do, its clock jumps to the next timer.
    /// </summary>
    /// <param name="options">The client's options; those of the SDK's test server have no meaning here.</param>
    public static new Task<EmbeddedWorkflowEnvironment> StartTimeSkippingAsync(WorkflowEnvironmentStartTimeSkippingOptions? options = null) =>
        StartAsync(options ?? new WorkflowEnvironmentStartTimeSkippingOptions(), new EmbeddedTemporalOptions { TimeSkipping = true });

    /// <inheritdoc/>
    public override async Task DelayAsync(TimeSpan delay, CancellationToken? cancellationToken = null)
    {
        if (_skipping is null)
        {
            await Task.Delay(delay, cancellationToken ?? CancellationToken.None);
            return;
        }

        await Client.Connection.TestService.UnlockTimeSkippingWithSleepAsync(
            new() { Duration = Duration.FromTimeSpan(delay) },
            new RpcOptions { CancellationToken = cancellationToken });
    }

    /// <inheritdoc/>
    public override async Task<DateTime> GetCurrentTimeAsync() =>
        (await Client.Connection.TestService.GetCurrentTimeAsync(new())).Time.ToDateTime();

    /// <inheritdoc/>
    public override async Task<T> WithAutoTimeSkippingDisabledAsync<T>(Func<Task<T>> func)
    {
        ArgumentNullException.ThrowIfNull(func);
        if (_skipping is null)
        {
            return await func();
        }

        var before = _skipping.Enabled;
        _skipping.Enabled = false;
        try
        {
            return await func();
        }
        finally
        {
            _skipping.Enabled = before;
        }
    }

    /// <inheritdoc/>
    public override async Task ShutdownAsync() => await _service.DisposeAsync();

    [SuppressMessage("Reliability", "CA2000", Justification = "The environment disposes of the service.")]
    private static async Task<EmbeddedWorkflowEnvironment> StartAsync(TemporalClientConnectOptions connect, EmbeddedTemporalOptions options)
    {
        var own = (TemporalClientConnectOptions)connect.Clone();
        var service = await EmbeddedTemporal.StartAsync(options with
        {
            Namespace = own.Namespace,
            Listen = string.IsNullOrEmpty(own.TargetHost) ? options.Listen : own.TargetHost,
        });
        try
        {
            var skipping = options.TimeSkipping ? new TimeSkipping() : null;
            own.TargetHost = service.Address;
            if (skipping is not null)
            {
                own.Interceptors = [.. own.Interceptors ?? [], skipping];
            }

            var client = await TemporalClient.ConnectAsync(own);
            if (skipping is not null)
            {
                skipping.Connection = client.Connection;
            }

            return new EmbeddedWorkflowEnvironment(client, service, skipping);
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets time skip while the client waits for a workflow to end.</summary>
    private sealed class TimeSkipping : IClientInterceptor
    {
        public ITemporalConnection Connection { get; set; } = null!;

        public bool Enabled { get; set; } = true;

        public ClientOutboundInterceptor InterceptClient(ClientOutboundInterceptor nextInterceptor) => new Outbound(nextInterceptor, this);

        private sealed class Outbound(ClientOutboundInterceptor next, TimeSkipping skipping) : ClientOutboundInterceptor(next)
        {
            public override async Task<WorkflowHistoryEventPage> FetchWorkflowHistoryEventPageAsync(FetchWorkflowHistoryEventPageInput input)
            {
                if (!input.WaitNewEvent || !skipping.Enabled)
                {
                    return await base.FetchWorkflowHistoryEventPageAsync(input);
                }

                await skipping.Connection.TestService.UnlockTimeSkippingAsync(new());
                try
                {
                    return await base.FetchWorkflowHistoryEventPageAsync(input);
                }
                finally
                {
                    await skipping.Connection.TestService.LockTimeSkippingAsync(new());
                }
            }
        }
    }
}

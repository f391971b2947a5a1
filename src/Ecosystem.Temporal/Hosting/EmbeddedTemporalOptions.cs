using System.Security.Cryptography.X509Certificates;

namespace Ecosystem.Temporal;

/// <summary>How the embedded Temporal service is run.</summary>
public sealed record EmbeddedTemporalOptions
{
    /// <summary>SQLite file that keeps everything; it is created if it is absent. Null: everything ends with the process.</summary>
    public string? DataFile { get; init; }

    /// <summary>
    /// Size in bytes beyond which <see cref="DataFile"/> must not grow; what needs more is refused with RESOURCE_EXHAUSTED, as on a full disk,
    /// until something is deleted. Null, the default: only the disk sets a limit.
    /// </summary>
    public long? MaximumDataFileBytes { get; init; }

    /// <summary>
    /// Address to listen on, as "HOST:PORT"; port 0 takes any free one. Default: any port of the loopback address. An address that other
    /// machines reach needs <see cref="Certificate"/> and <see cref="ApiKey"/>.
    /// </summary>
    public string Listen { get; init; } = "127.0.0.1:0";

    /// <summary>Certificate with its private key by which clients know the service; with it only TLS is spoken. Null: plain text.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Key that every call has to carry, as SDKs do with their API key option. Null: none is asked for.</summary>
    public string? ApiKey { get; init; }

    /// <summary>
    /// Address of <c>/metrics</c> (Prometheus, with the names of Temporal's server) and <c>/health</c>, as "HOST:PORT", over plain HTTP; it has
    /// to be of the loopback address. Null, the default: neither is served.
    /// </summary>
    public string? OperationsListen { get; init; }

    /// <summary>Namespace that exists from the start. Default: "default".</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>How long that namespace keeps closed workflows, where it does not exist yet. Default: one day, as the server's.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Custom search attributes that the namespace has from the start, by name.</summary>
    public IReadOnlyDictionary<string, Temporalio.Api.Enums.V1.IndexedValueType> SearchAttributes { get; init; } =
        new Dictionary<string, Temporalio.Api.Enums.V1.IndexedValueType>();

    /// <summary>How long histories may become.</summary>
    public HistoryLimits HistoryLimits { get; init; } = new();

    /// <summary>Polls of workers, and calls that wait for an update, that may be open at once; more are refused. Default: 20,000.</summary>
    public int MaximumLongPolls { get; init; } = 20_000;

    /// <summary>
    /// Identity of workers that run in this process and end with it. An activity that such a worker had when the process ended cannot end any
    /// more: it has timed out when the service starts again, and where its retry policy allows another attempt, that is handed out at once.
    /// Null, the default: no worker is known to have ended, and every activity has until its own time-out.
    /// </summary>
    public string? InProcessWorkers { get; init; }

    /// <summary>
    /// How many executions a batch operation changes in a second, in bursts of as many, so that it leaves room for other work. At least 1.
    /// Default: 50, as the server's.
    /// </summary>
    public int BatchOperationsPerSecond { get; init; } = 50;

    /// <summary>
    /// The clock by which workflows live: event times, timers, retries, time-outs of activities and runs. Default: the system's. How long a
    /// worker may take for a workflow task, and how long calls wait, is real time whatever the clock.
    /// </summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// Whether the test service skips time: it starts locked, and while it is unlocked and nothing is to do the clock jumps to the next
    /// timer. Only with the system's clock. Default: false.
    /// </summary>
    public bool TimeSkipping { get; init; }
}

namespace Ecosystem.Temporal;

/// <summary>How the embedded Temporal service is run.</summary>
public sealed record EmbeddedTemporalOptions
{
    /// <summary>SQLite file that keeps everything; it is created if it is absent. Null: everything ends with the process.</summary>
    public string? DataFile { get; init; }

    /// <summary>Address to listen on, as "HOST:PORT"; port 0 takes any free one. Default: any port of the loopback address.</summary>
    public string Listen { get; init; } = "127.0.0.1:0";

    /// <summary>Namespace that exists from the start. Default: "default".</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>
    /// The clock by which workflows live: event times, timers, retries, time-outs of activities and runs. Default: the system's. How long a
    /// worker may take for a workflow task, and how long calls wait, is real time whatever the clock.
    /// </summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// Whether <see cref="Listen"/> may be an address that other machines reach. Default: false, as the service then is open to all who do.
    /// </summary>
    public bool AllowNonLoopback { get; init; }

    /// <summary>
    /// Whether the test service skips time: it starts locked, and while it is unlocked and nothing is to do the clock jumps to the next
    /// timer. Only with the system's clock. Default: false.
    /// </summary>
    public bool TimeSkipping { get; init; }
}

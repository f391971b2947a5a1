namespace Ecosystem.Temporal;

/// <summary>How long a history may become, and how much a run may keep and change. The defaults are the server's.</summary>
public sealed record HistoryLimits
{
    /// <summary>Events from which on workers are told to continue as new. Default: 4,096.</summary>
    public int SuggestContinueAsNewEvents { get; init; } = 4 * 1024;

    /// <summary>Bytes from which on workers are told to continue as new. Default: 4 MiB.</summary>
    public long SuggestContinueAsNewBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Events beyond which the service terminates the run. Default: 51,200.</summary>
    public int MaximumEvents { get; init; } = 50 * 1024;

    /// <summary>Bytes beyond which the service terminates the run. Default: 50 MiB.</summary>
    public long MaximumBytes { get; init; } = 50 * 1024 * 1024;

    /// <summary>
    /// Bytes beyond which what a run keeps outside of its history ends it: memo, search attributes, details of heartbeats, last failures of
    /// activities, events that wait for a workflow task to end. Default: 8 MiB.
    /// </summary>
    public long MaximumStateBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>Bytes of events beyond which the completion of one workflow task ends the run. Default: 4 MiB.</summary>
    public long MaximumChangeBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Why a history of that length has to end, in the server's words; null if it need not.</summary>
    internal string? Exceeded(long events, long bytes) =>
        bytes > MaximumBytes ? "Workflow history size exceeds limit."
        : events > MaximumEvents ? "Workflow history count exceeds limit."
        : null;

    /// <summary>Why a run that keeps so much outside of its history has to end, in the server's words; null if it need not.</summary>
    internal string? StateExceeded(long bytes) => bytes > MaximumStateBytes ? "Workflow mutable state size exceeds limit." : null;
}

namespace Ecosystem.Workflows.Definitions;

/// <summary>What can start a process.</summary>
internal enum TriggerKind
{
    /// <summary>An event.</summary>
    Event,

    /// <summary>A time, an interval or a cron expression.</summary>
    Schedule,

    /// <summary>An HTTP request.</summary>
    Http,
}

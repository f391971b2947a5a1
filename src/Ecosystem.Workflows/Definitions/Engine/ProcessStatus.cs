namespace Ecosystem.Workflows.Definitions;

/// <summary>How a process stands.</summary>
internal enum ProcessStatus
{
    /// <summary>Not begun.</summary>
    New,

    /// <summary>Executing or waiting.</summary>
    Running,

    /// <summary>Ended.</summary>
    Finished,

    /// <summary>Ended by a fault.</summary>
    Faulted,

    /// <summary>Called off.</summary>
    Cancelled,
}

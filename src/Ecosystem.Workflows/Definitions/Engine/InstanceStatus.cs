namespace Ecosystem.Workflows.Definitions;

/// <summary>How one execution of an activity stands.</summary>
internal enum InstanceStatus
{
    /// <summary>Executing or waiting.</summary>
    Running,

    /// <summary>Ended with outcomes.</summary>
    Completed,

    /// <summary>Called off.</summary>
    Canceled,

    /// <summary>Failed; an incident says why.</summary>
    Faulted,
}

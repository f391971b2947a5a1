namespace Ecosystem.Workflows.Definitions;

/// <summary>How a case stands.</summary>
public enum CaseStatus
{
    /// <summary>Written, its workflow is about to start.</summary>
    Starting,

    /// <summary>Under way or waiting.</summary>
    Running,

    /// <summary>A step failed and waits for somebody to decide (retry, skip, answer for it, cancel).</summary>
    Incident,

    /// <summary>Ended by its definition.</summary>
    Completed,

    /// <summary>Cancelled by a person.</summary>
    Cancelled,

    /// <summary>Ended by a fault.</summary>
    Faulted,
}

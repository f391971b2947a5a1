namespace Ecosystem.Workflows.Tasks;

/// <summary>How a human task stands.</summary>
public enum TaskState
{
    /// <summary>Nobody has taken it yet.</summary>
    Open,

    /// <summary>Somebody has taken it.</summary>
    Claimed,

    /// <summary>Returned to whoever submitted the thing; the clock stands still until they answer.</summary>
    Returned,

    /// <summary>Answered.</summary>
    Completed,

    /// <summary>No longer needed.</summary>
    Cancelled,
}

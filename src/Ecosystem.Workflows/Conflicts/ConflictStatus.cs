namespace Ecosystem.Workflows.Conflicts;

/// <summary>Where a conflict stands.</summary>
public enum ConflictStatus
{
    /// <summary>Not ruled on.</summary>
    Open,

    /// <summary>The shares are fixed.</summary>
    Ruled,

    /// <summary>There was none after all.</summary>
    Dismissed,
}

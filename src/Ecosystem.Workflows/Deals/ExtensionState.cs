namespace Ecosystem.Workflows.Deals;

/// <summary>Where the wish for a longer protection stands.</summary>
public enum ExtensionState
{
    /// <summary>None was asked for.</summary>
    None,

    /// <summary>Asked for, not answered.</summary>
    Requested,

    /// <summary>The last one was granted.</summary>
    Granted,

    /// <summary>The last one was denied.</summary>
    Denied,
}

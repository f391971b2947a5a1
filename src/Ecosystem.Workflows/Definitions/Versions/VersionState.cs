namespace Ecosystem.Workflows.Definitions;

/// <summary>How far a version of a definition has come.</summary>
public enum VersionState
{
    /// <summary>Being edited; no case runs on it.</summary>
    Draft,

    /// <summary>New cases start on it, or only those of its pilot.</summary>
    Published,

    /// <summary>No new case starts on it; running ones go on.</summary>
    Retired,
}

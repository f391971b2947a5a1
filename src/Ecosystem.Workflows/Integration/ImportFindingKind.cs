namespace Ecosystem.Workflows.Integration;

/// <summary>What an import did with a row.</summary>
public enum ImportFindingKind
{
    /// <summary>A value was put right; nothing was invented.</summary>
    Repaired,

    /// <summary>The row was not taken.</summary>
    Rejected,

    /// <summary>The row was taken as it is, but something about it should be known.</summary>
    Noted,

    /// <summary>The row was there already.</summary>
    Duplicate,
}

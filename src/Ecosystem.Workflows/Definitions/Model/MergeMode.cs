namespace Ecosystem.Workflows.Definitions;

/// <summary>When an activity of a flowchart runs that several arrows lead to.</summary>
internal enum MergeMode
{
    /// <summary>Once something has arrived and nothing that is still under way can arrive any more. The default.</summary>
    Stream,

    /// <summary>Once something has arrived on every forward arrow.</summary>
    Merge,

    /// <summary>Once something has arrived on every arrow, those that lead back included.</summary>
    Converge,

    /// <summary>Once for each arrival.</summary>
    Cascade,

    /// <summary>On the first arrival; what else was under way to it is cancelled.</summary>
    Race,

    /// <summary>A join activity that waits for all: once something has arrived on every forward arrow; passed by when one of them is not taken.</summary>
    WaitAll,
}

namespace Ecosystem.Temporal.Storage;

/// <summary>A message that a closed run still owes to another one.</summary>
/// <param name="Run">Key of the run that owes it.</param>
/// <param name="Kind">Which message.</param>
internal readonly record struct Transfer(long Run, TransferKind Kind);

/// <summary>Messages that outlive the run that sends them.</summary>
internal enum TransferKind
{
    /// <summary>Tell the parent how the run ended.</summary>
    NotifyParent = 1,

    /// <summary>Terminate or cancel the children, as their policies say.</summary>
    CloseChildren = 2,

    /// <summary>Remove the run.</summary>
    Delete = 3,
}

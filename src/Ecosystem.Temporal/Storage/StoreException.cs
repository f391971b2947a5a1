namespace Ecosystem.Temporal.Storage;

/// <summary>The store could not keep or give what it was asked for.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1064", Justification = "It never leaves the assembly: calls answer with RPC errors.")]
internal sealed class StoreException(string message, Exception? inner = null, StoreFailure failure = StoreFailure.Unavailable) : Exception(message, inner)
{
    public StoreFailure Failure { get; } = failure;
}

/// <summary>Why a store refuses.</summary>
internal enum StoreFailure
{
    /// <summary>It may work again later.</summary>
    Unavailable,

    /// <summary>There is no room left; it works again once there is.</summary>
    Full,

    /// <summary>What is stored is not what was written.</summary>
    Damaged,
}

namespace Ecosystem.Temporal.Storage;

/// <summary>The store could not keep or give what it was asked for.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1064", Justification = "It never leaves the assembly: calls answer with RPC errors.")]
internal sealed class StoreException(string message, Exception? inner = null) : Exception(message, inner);

namespace Ecosystem.Temporal.Storage;

/// <summary>Events of one run that were written together.</summary>
/// <param name="Run">Key of the run.</param>
/// <param name="FirstEventId">Id of the first event.</param>
/// <param name="Count">Number of events.</param>
/// <param name="Data">A serialized <see cref="History"/>.</param>
internal readonly record struct HistoryBatch(long Run, long FirstEventId, int Count, byte[] Data);

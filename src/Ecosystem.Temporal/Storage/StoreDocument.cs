namespace Ecosystem.Temporal.Storage;

/// <summary>A small record kept whole under a key: a namespace, a schedule, a batch job.</summary>
/// <param name="Kind">Which sort of record.</param>
/// <param name="Key">Its key, unique within the sort.</param>
/// <param name="Data">Its content; null deletes it.</param>
internal readonly record struct StoreDocument(string Kind, string Key, byte[]? Data);

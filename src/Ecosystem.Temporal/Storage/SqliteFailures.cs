using Microsoft.Data.Sqlite;

namespace Ecosystem.Temporal.Storage;

/// <summary>What SQLite's result codes (https://sqlite.org/rescode.html) mean for the service.</summary>
internal static class SqliteFailures
{
    private const int ReadOnly = 8;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int NotADatabase = 26;

    public static StoreException ToStoreException(this SqliteException e) => e.SqliteErrorCode switch
    {
        Full => new StoreException("There is no room left for the data file: free some on its disk; the service goes on by itself.", e, StoreFailure.Full),
        ReadOnly => new StoreException("The data file cannot be written: it, its folder or its disk is read-only.", e),
        Corrupt or NotADatabase => Damaged(e.Message, e),
        _ => new StoreException($"The data file did not work: {e.Message}", e),
    };

    public static StoreException Damaged(string what, Exception? inner = null) => new(
        $"The data file is damaged ({what}): stop the service, run 'temporal verify --data FILE' to see what is, and go back to a backup.",
        inner,
        StoreFailure.Damaged);
}

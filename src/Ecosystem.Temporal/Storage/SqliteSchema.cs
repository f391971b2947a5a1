using Microsoft.Data.Sqlite;

namespace Ecosystem.Temporal.Storage;

/// <summary>The tables of the SQLite store.</summary>
internal static class SqliteSchema
{
    /// <summary>Bits of a history row's id that number the event; the rest is the run's key.</summary>
    public const int EventBits = 20;

    private const int PageSize = 8192;

    private const long Version = 2;

    private const string Tables = """
        CREATE TABLE IF NOT EXISTS executions (
          key INTEGER PRIMARY KEY,
          ns TEXT NOT NULL,
          workflow_id TEXT NOT NULL,
          run_id TEXT NOT NULL,
          request_id TEXT NOT NULL,
          status INTEGER NOT NULL,
          due INTEGER NOT NULL,
          ready INTEGER NOT NULL,
          superseded INTEGER NOT NULL,
          overlay BLOB NOT NULL,
          checksum INTEGER NOT NULL);
        CREATE INDEX IF NOT EXISTS executions_by_id ON executions (workflow_id, ns, key);
        CREATE INDEX IF NOT EXISTS executions_open ON executions (key) WHERE status = 1;
        CREATE TABLE IF NOT EXISTS history (
          id INTEGER PRIMARY KEY,
          count INTEGER NOT NULL,
          data BLOB NOT NULL,
          checksum INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS transfers (
          run INTEGER NOT NULL,
          kind INTEGER NOT NULL,
          PRIMARY KEY (run, kind)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS documents (
          kind TEXT NOT NULL,
          key TEXT NOT NULL,
          data BLOB NOT NULL,
          checksum INTEGER NOT NULL,
          PRIMARY KEY (kind, key)) WITHOUT ROWID;
        """;

    /// <summary>Sets a connection up; the first one of a store also creates what is missing.</summary>
    public static void Prepare(SqliteConnection connection, bool create)
    {
        Execute(connection, "PRAGMA busy_timeout = 30000");
        Execute(connection, "PRAGMA cache_size = -16000");
        Execute(connection, "PRAGMA temp_store = MEMORY");
        if (!create)
        {
            Execute(connection, "PRAGMA query_only = 1");
            return;
        }

        Execute(connection, $"PRAGMA page_size = {PageSize}");
        Execute(connection, "PRAGMA journal_mode = WAL");
        Execute(connection, "PRAGMA synchronous = FULL");
        Execute(connection, "PRAGMA wal_autocheckpoint = 4000");
        Execute(connection, "PRAGMA journal_size_limit = 67108864");
        using var version = connection.CreateCommand();
        version.CommandText = "PRAGMA user_version";
        var found = (long)version.ExecuteScalar()!;
        if (found > Version)
        {
            throw new IOException($"it was written by a newer version of this service (format {found}; this one reads {Version}).");
        }

        if (found is > 0 and < Version)
        {
            throw new IOException($"it was written by a preview of this service (format {found}; this one reads {Version}): begin with a new file.");
        }

        Execute(connection, "BEGIN IMMEDIATE");
        Execute(connection, Tables);
        Execute(connection, $"PRAGMA user_version = {Version}");
        Execute(connection, "COMMIT");
    }

    /// <summary>Lets the file grow to a size and no further; a write that needs more fails as on a full disk.</summary>
    public static void Limit(SqliteConnection connection, long bytes) =>
        Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {Math.Max(1, bytes / PageSize)}"));

    public static long HistoryId(long run, long eventId) => (run << EventBits) | eventId;

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA2100", Justification = "Statements are constants of this assembly; values are parameters.")]
    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

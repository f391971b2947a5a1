using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Ecosystem.Temporal.Storage;

/// <summary>
/// A statement that writes, prepared once, its parameters numbered from 1. Microsoft.Data.Sqlite looks parameters up by name and makes a reader
/// for each execution, which costs more than SQLite itself does. Not thread-safe.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private int _next = 1;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
    }

    public SqliteStatement Bind(long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, _next++, value));
        return this;
    }

    public SqliteStatement Bind(double value)
    {
        Check(raw.sqlite3_bind_double(_statement, _next++, value));
        return this;
    }

    public SqliteStatement Bind(string value)
    {
        Check(raw.sqlite3_bind_text(_statement, _next++, value));
        return this;
    }

    public SqliteStatement Bind(ReadOnlySpan<byte> value)
    {
        Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(_statement, _next++, 0) : raw.sqlite3_bind_blob(_statement, _next++, value));
        return this;
    }

    public SqliteStatement BindNull()
    {
        Check(raw.sqlite3_bind_null(_statement, _next++));
        return this;
    }

    /// <summary>Executes with what was bound; the next binding begins anew.</summary>
    /// <exception cref="SqliteException">It failed.</exception>
    public void Run()
    {
        var code = raw.sqlite3_step(_statement);
        var message = code is raw.SQLITE_DONE or raw.SQLITE_ROW ? null : raw.sqlite3_errmsg(_database).utf8_to_string();
        raw.sqlite3_reset(_statement);
        _next = 1;
        if (message is not null)
        {
            throw new SqliteException(message, code & 0xFF, code);
        }
    }

    public void Dispose() => _statement.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw new SqliteException(raw.sqlite3_errmsg(_database).utf8_to_string(), code & 0xFF, code);
        }
    }
}

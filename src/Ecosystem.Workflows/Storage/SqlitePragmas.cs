using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Ecosystem.Workflows.Storage;

/// <summary>
/// Puts every SQLite connection into the mode the product relies on. Connections come from a pool: the native connection below is
/// prepared once. The write-ahead log is a property of the file and set by <see cref="DatabaseSchema"/>.
/// </summary>
/// <param name="synchronous">The value of the <c>synchronous</c> pragma.</param>
internal sealed class SqlitePragmas(string synchronous) : DbConnectionInterceptor
{
    private const string Common = "PRAGMA busy_timeout=60000; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-32000;";
    private static readonly ConditionalWeakTable<sqlite3, object> Prepared = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Prepare((SqliteConnection)connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Prepare((SqliteConnection)connection);
        return Task.CompletedTask;
    }

    /// <summary>Prepares a connection that was opened past EF Core.</summary>
    public void Prepare(SqliteConnection connection)
    {
        if (connection.Handle is not { } handle || Prepared.TryGetValue(handle, out _))
        {
            return;
        }

        var result = raw.sqlite3_exec(handle, $"{Common} PRAGMA synchronous={synchronous};");
        SqliteException.ThrowExceptionForRC(result, handle);
        Prepared.TryAdd(handle, Common);
    }
}

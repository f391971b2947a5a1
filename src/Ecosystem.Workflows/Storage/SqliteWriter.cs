using System.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using SQLitePCL;

namespace Ecosystem.Workflows.Storage;

/// <summary>
/// Gives contexts that write to SQLite: all over one connection, which stays open and keeps its statements prepared. Only for who holds the
/// <see cref="WriteGate"/>, since there is one at a time.
/// </summary>
internal sealed class SqliteWriter : IDbContextFactory<EcosystemDbContext>, IDisposable
{
    private readonly SqliteConnection connection;
    private readonly SqlitePragmas pragmas;
    private readonly SqliteStatements statements = new();
    private readonly ContextFactory<SqliteEcosystemDbContext> contexts;

    public SqliteWriter(StorageOptions options, SqlitePragmas pragmas, IEnumerable<IInterceptor> interceptors)
    {
        connection = new SqliteConnection(new SqliteConnectionStringBuilder(options.ConnectionString) { Pooling = false }.ToString());
        this.pragmas = pragmas;
        var builder = new DbContextOptionsBuilder<SqliteEcosystemDbContext>().UseSqlite(connection).AddInterceptors(interceptors).AddInterceptors(statements);
        contexts = new ContextFactory<SqliteEcosystemDbContext>(new PooledDbContextFactory<SqliteEcosystemDbContext>(builder.Options));
    }

    public EcosystemDbContext CreateDbContext()
    {
        // A transaction that could not be ended goes with its connection.
        if (connection.State == ConnectionState.Open && raw.sqlite3_get_autocommit(connection.Handle) == 0)
        {
            connection.Close();
        }

        if (connection.State != ConnectionState.Open)
        {
            statements.Forget();
            connection.Open();
            pragmas.Prepare(connection);
        }

        return contexts.CreateDbContext();
    }

    public void Dispose() => connection.Dispose();
}

using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Ecosystem.Workflows.Storage;

/// <summary>Applies migrations, one process at a time.</summary>
internal static class SchemaMigration
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(50);

    /// <summary>Applies the migrations that are missing.</summary>
    /// <param name="db">The database.</param>
    /// <param name="seed">Then makes the rows that belong to the schema: all of them or none, and no other process meanwhile; null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task ApplyAsync(DbContext db, Func<Task>? seed, CancellationToken cancellationToken)
    {
        // EF Core's own lock on SQLite is a row, which a process that is killed leaves behind, and which then is waited for without end. A lock of
        // the operating system ends with its process; who holds it knows that such a row is nobody's.
        await using var file = db.Database.IsSqlite() && FileOf(db.Database.GetDbConnection()) is { } path ? await HoldAsync(path + ".migrating", cancellationToken) : null;
        if (file is not null)
        {
            // In any other mode a write fails while somebody reads.
            await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL;", cancellationToken);
            await db.Database.ExecuteSqlRawAsync("""DROP TABLE IF EXISTS "__EFMigrationsLock";""", cancellationToken);
        }

        // Migrating compares the model with the last migration's first, which takes a second even where nothing is left to do.
        if ((await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            await db.Database.MigrateAsync(cancellationToken);
        }

        if (seed is null)
        {
            return;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await using var held = file is null ? await db.GetService<IHistoryRepository>().AcquireDatabaseLockAsync(cancellationToken) : null;
        await seed();
        await transaction.CommitAsync(cancellationToken);
    }

    private static string? FileOf(DbConnection connection) =>
        new SqliteConnectionStringBuilder(connection.ConnectionString).DataSource is { Length: > 0 } file and not ":memory:" ? file : null;

    private static async Task<FileStream> HoldAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(AskAgainAfter, cancellationToken);
            }
        }
    }
}

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
    public static Task ApplyAsync(DbContext db, CancellationToken cancellationToken) => ApplyAsync(db, () => Task.CompletedTask, cancellationToken);

    /// <summary>Applies the migrations that are missing, then lets rows be made that belong to the schema: all of them or none, and by no other process meanwhile.</summary>
    public static async Task ApplyAsync(DbContext db, Func<Task> seed, CancellationToken cancellationToken)
    {
        if (!db.Database.IsSqlite() || FileOf(db.Database.GetDbConnection()) is not { } file)
        {
            await db.Database.MigrateAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await using var locked = await db.GetService<IHistoryRepository>().AcquireDatabaseLockAsync(cancellationToken);
            await seed();
            await transaction.CommitAsync(cancellationToken);
            return;
        }

        // EF Core's own lock on SQLite is a row, which a process that is killed leaves behind, and which then is waited for without end. A lock of
        // the operating system ends with its process; who holds it knows that such a row is nobody's.
        await using var held = await HoldAsync(file + ".migrating", cancellationToken);

        // In any other mode a write fails while somebody reads.
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL;", cancellationToken);
        await db.Database.ExecuteSqlRawAsync("""DROP TABLE IF EXISTS "__EFMigrationsLock";""", cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
        await using var seeding = await db.Database.BeginTransactionAsync(cancellationToken);
        await seed();
        await seeding.CommitAsync(cancellationToken);
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

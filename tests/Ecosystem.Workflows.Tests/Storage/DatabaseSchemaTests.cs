using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Tests.Storage;

public sealed class DatabaseSchemaTests : EcosystemTest
{
    protected override DatabaseProvider Provider => DatabaseProvider.Sqlite;

    // What EF Core leaves in the file when its process is killed while it migrates.
    [Fact]
    public async Task EnsureAsync_AfterAProcessWasKilledMigrating_DoesNotWaitForIt()
    {
        await Storage.WriteAsync((db, token) => db.Database.ExecuteSqlRawAsync(
            """
            CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL);
            INSERT INTO "__EFMigrationsLock"("Id", "Timestamp") VALUES (1, '2026-11-28 17:41:55');
            """,
            token));

        await Get<DatabaseSchema>().EnsureAsync().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task EnsureAsync_ManyAtOnce_AllFindTheSchema()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Get<DatabaseSchema>().EnsureAsync()));
        Assert.Equal((0, null), await Audit.VerifyAsync(Storage));
    }
}

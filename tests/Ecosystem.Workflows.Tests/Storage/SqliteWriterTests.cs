using System.Runtime.CompilerServices;
using Ecosystem.Workflows.Deals;
using Ecosystem.Workflows.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace Ecosystem.Workflows.Tests.Storage;

public class SqliteWriterTests : EcosystemTest
{
    // SQLITE_DBSTATUS_STMT_USED
    private const int StatementsUse = 3;

    protected override DatabaseProvider Provider => DatabaseProvider.Sqlite;

    [Fact]
    public async Task Write_SameQuestions_LeaveTheirStatementsForTheNext()
    {
        async Task<int> AskAsync(string opportunity) => await Storage.WriteAsync(async (db, token) =>
        {
            Assert.Empty(await db.Set<Deal>().Where(deal => deal.OpportunityKey == opportunity).ToListAsync(token));
            return StatementBytes(db);
        });

        var before = await Storage.WriteAsync((db, _) => Task.FromResult(StatementBytes(db)));
        var first = await AskAsync("o-1");
        Assert.True(first > before);
        Assert.Equal(first, await AskAsync("o-2"));
        Assert.Equal(first, await Storage.WriteAsync((db, _) => Task.FromResult(StatementBytes(db))));
    }

    [Fact]
    public async Task Write_SameQuestionWhileItsAnswerIsRead_GetsItsOwnAnswer()
    {
        await AddAsync("1", "2", "3");

        var pairs = await Storage.WriteAsync(async (db, token) =>
        {
            var pairs = new List<string>();
            await foreach (var outer in Told(db).AsAsyncEnumerable().WithCancellation(token))
            {
                await foreach (var inner in Told(db).AsAsyncEnumerable().WithCancellation(token))
                {
                    pairs.Add(outer + inner);
                }
            }

            return pairs;
        });

        Assert.Equal(["11", "12", "13", "21", "22", "23", "31", "32", "33"], pairs);
    }

    [Fact]
    public async Task Write_ManyDifferentQuestions_KeepsALimitedNumber()
    {
        var highest = 0;
        await Storage.WriteAsync(async (db, token) =>
        {
            for (var i = 0; i < 3000; i++)
            {
                Assert.Equal(i, await db.Database.SqlQuery<int>(FormattableStringFactory.Create($"SELECT {i} AS \"Value\"")).SingleAsync(token));
                highest = i < 1000 ? Math.Max(highest, StatementBytes(db)) : highest;
                Assert.True(StatementBytes(db) <= highest * 1.05);
            }
        });

        await AddAsync("1");
        Assert.Equal(["1"], await SubjectsAsync());
    }

    [Theory]
    [InlineData("ROLLBACK")]
    [InlineData("ROLLBACK; BEGIN IMMEDIATE")]
    public async Task Write_AfterALostTransaction_Works(string lost)
    {
        await Assert.ThrowsAnyAsync<Exception>(() => Storage.WriteAsync(async (db, token) =>
        {
            Get<Audit>().Add(db, Ops, "test.done", new Subject("test", "1"));
            await db.SaveChangesAsync(token);
            await db.Database.ExecuteSqlRawAsync(lost, token);
            Get<Audit>().Add(db, Ops, "test.done", new Subject("test", "2"));
        }));

        await AddAsync("3");
        Assert.Equal(["3"], await SubjectsAsync());
        Assert.Equal((1, null), await Audit.VerifyAsync(Storage));
    }

    private static IQueryable<string> Told(EcosystemDbContext db) => db.Set<AuditEntry>().OrderBy(entry => entry.Sequence).Select(entry => entry.SubjectId);

    private Task<List<string>> SubjectsAsync() => Storage.ReadAsync((db, token) => Told(db).ToListAsync(token));

    private Task AddAsync(params string[] subjects) => Storage.WriteAsync((db, _) =>
    {
        foreach (var subject in subjects)
        {
            Get<Audit>().Add(db, Ops, "test.done", new Subject("test", subject));
        }

        return Task.CompletedTask;
    });

    private static int StatementBytes(EcosystemDbContext db)
    {
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_db_status(((SqliteConnection)db.Database.GetDbConnection()).Handle, StatementsUse, out var bytes, out _, 0));
        return bytes;
    }
}

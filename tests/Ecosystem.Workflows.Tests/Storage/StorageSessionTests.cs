using Ecosystem.Workflows.Integration.Outbox;
using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Tests.Storage;

public class StorageSessionTests : EcosystemTest
{
    [Fact]
    public async Task WriteAsync_RefusedResult_SavesNothing()
    {
        var result = await Storage.WriteAsync<Result<int>>((db, _) =>
        {
            Get<Audit>().Add(db, Ops, "test.done", new Subject("test", "1"));
            return Task.FromResult<Result<int>>(new Refusal("test.no", "No."));
        });

        Assert.Equal("test.no", result.Refusal!.Code);
        Assert.Equal(0, await CountAudit());
    }

    [Fact]
    public async Task WriteAsync_Exception_SavesNothing()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => Storage.WriteAsync(async (db, token) =>
        {
            Get<Audit>().Add(db, Ops, "test.done", new Subject("test", "1"));
            await db.SaveChangesAsync(token);
            throw new TimeoutException();
        }));
        Assert.Equal(0, await CountAudit());
    }

    [Fact]
    public async Task WriteAsync_Nested_IsRefused() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Storage.WriteAsync((_, token) => Storage.WriteAsync((_, _) => Task.CompletedTask, token)));

    [Fact]
    public async Task WriteAsync_ManyAtOnce_AllAreInOneAuditChain()
    {
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Storage.WriteAsync((db, _) =>
        {
            Get<Audit>().Add(db, Ops, "test.done", new Subject("test", $"{i}"), "because", new { i, name = "Żółć" });
            return Task.CompletedTask;
        })));

        Assert.Equal((100, null), await Audit.VerifyAsync(Storage));
    }

    [Theory]
    [InlineData("""UPDATE "AuditEntry" SET "ReasonText" = 'other' WHERE "Sequence" = 2""")]
    [InlineData("""DELETE FROM "AuditEntry" WHERE "Sequence" = 3""")]
    [InlineData("""UPDATE "AuditEntry" SET "At" = (SELECT "At" FROM "AuditEntry" WHERE "Sequence" = 1) WHERE "Sequence" = 2""")]
    public async Task Audit_TamperedWith_IsFound(string sql)
    {
        for (var i = 0; i < 3; i++)
        {
            Clock.Advance(TimeSpan.FromMicroseconds(1));
            await Storage.WriteAsync((db, _) =>
            {
                Get<Audit>().Add(db, Ops, "test.done", new Subject("test", $"{i}"), "because");
                return Task.CompletedTask;
            });
        }

        Assert.Null((await Audit.VerifyAsync(Storage)).BrokenAt);
        await Storage.WriteAsync((db, token) => db.Database.ExecuteSqlRawAsync(sql, token));
        Assert.NotNull((await Audit.VerifyAsync(Storage)).BrokenAt);
    }

    [Fact]
    public async Task Outbox_Add_IsSavedWithTheFacts()
    {
        var id = "";
        await Storage.WriteAsync((db, _) =>
        {
            id = Get<Outbox>().Add(db, OutboxKind.StartWorkflow, "case-1", new StartWorkflow("DefinitionWorkflow", "case-1", "ecosystem"));
            return Task.CompletedTask;
        });

        var message = await Storage.ReadAsync((db, token) => db.Set<OutboxMessage>().SingleAsync(token));
        Assert.Equal(id, message.Id);
        Assert.Equal(Clock.GetUtcNow(), message.CreatedAt);
        Assert.Equal("""{"workflowType":"DefinitionWorkflow","workflowId":"case-1","taskQueue":"ecosystem"}""", message.PayloadJson);
    }

    private Task<int> CountAudit() => Storage.ReadAsync((db, token) => db.Set<AuditEntry>().CountAsync(token));
}

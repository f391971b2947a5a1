using Ecosystem.Workflows.Attribution;
using Ecosystem.Workflows.Decisions;
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

        // Contexts are used again: what the refused work left must not come along with the next.
        await Storage.WriteAsync((db, _) =>
        {
            Get<Audit>().Add(db, Ops, "test.done", new Subject("test", "2"));
            return Task.CompletedTask;
        });
        Assert.Equal(1, await CountAudit());
    }

    [Fact]
    public async Task Append_IsThereAfterTheNextSave_AndGoesWithTheTransaction()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => Storage.WriteAsync(async (db, token) =>
        {
            db.Append(Decision("d-1"));
            Assert.Equal(0, await db.Set<DecisionRecord>().CountAsync(token));
            await db.SaveChangesAsync(token);
            Assert.Equal(1, await db.Set<DecisionRecord>().CountAsync(token));
            throw new TimeoutException();
        }));

        await Storage.WriteAsync((db, _) =>
        {
            db.Append(Decision("d-2"));
            return Task.CompletedTask;
        });
        var kept = Assert.Single(await Storage.ReadAsync((db, token) => db.Set<DecisionRecord>().ToListAsync(token)));
        Assert.Equal(("d-2", new DateOnly(2026, 1, 5), Clock.GetUtcNow(), null), (kept.Id.Value, kept.AsOf, kept.At, kept.PartnerId));
    }

    [Fact]
    public async Task Add_OfAHistory_IsRefused()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Storage.WriteAsync((db, _) =>
        {
            db.Add(Decision("d-1"));
            return Task.CompletedTask;
        }));
        Assert.Contains("DecisionRecord is a history", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_GivesTheTrackedOne_ThenTheStoredOne_ThenNone()
    {
        static Touchpoint Touch(string id) => new() { Id = new TouchpointId(id), DealId = new DealId("deal"), PartnerId = new PartnerId("north"), Role = TouchRole.Influence, RecordedBy = "u-ops" };
        await Storage.WriteAsync(async (db, token) =>
        {
            var added = Touch("t-1");
            db.Add(added);
            Assert.Same(added, await db.FindAsync<Touchpoint>([added.Id], token));
        });

        await Storage.WriteAsync(async (db, token) =>
        {
            var stored = (await db.FindAsync<Touchpoint>([new TouchpointId("t-1")], token))!;
            Assert.Equal(EntityState.Unchanged, db.Entry(stored).State);
            Assert.Same(stored, await db.FindAsync<Touchpoint>([stored.Id], token));
            Assert.Null(await db.FindAsync<Touchpoint>([new TouchpointId("t-2")], token));
        });
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

    private DecisionRecord Decision(string id) => new()
    {
        Id = new DecisionId(id), Ruleset = "r", RulesetVersion = "1.0.0", AsOf = new DateOnly(2026, 1, 5), SubjectKind = "deal", SubjectId = "d", InputsJson = "{}", OutputsJson = "{}", TraceJson = "{}",
        At = Clock.GetUtcNow(), ActorId = "u-ops",
    };

    private Task<int> CountAudit() => Storage.ReadAsync((db, token) => db.Set<AuditEntry>().CountAsync(token));
}

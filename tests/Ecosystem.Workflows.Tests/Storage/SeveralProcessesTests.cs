using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Ecosystem.Workflows.Tests.Storage;

/// <summary>Two processes on one PostgreSQL database: two sets of services, which share nothing else.</summary>
public sealed class SeveralProcessesTests : EcosystemTest
{
    private ServiceProvider? other;

    protected override DatabaseProvider Provider => DatabaseProvider.PostgreSql;

    protected override Task StartedAsync()
    {
        other = OtherProcess();
        return Task.CompletedTask;
    }

    protected override async ValueTask StoppedAsync() => await other!.DisposeAsync();

    [Fact]
    public async Task WriteAsync_BothDecideByWhatIsNotThere_OneOfThemFindsWhatTheOtherWrote()
    {
        StorageSession[] sessions = [Storage, other!.GetRequiredService<StorageSession>()];
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => sessions[i % 2].WriteAsync(async (db, token) =>
        {
            var subject = $"{i / 2}";
            if (!await db.Set<AuditEntry>().AnyAsync(entry => entry.SubjectId == subject, token))
            {
                await Task.Yield();
                Get<Audit>().Add(db, Ops, "test.taken", new Subject("test", subject));
            }
        })));

        Assert.Equal((30, null), await Audit.VerifyAsync(Storage));
    }

    [Fact]
    public async Task TryTakeAsync_WhileAnotherHasIt_IsRefusedUntilItIsReleasedOrOver()
    {
        var (mine, theirs) = (Get<Leases>(), other!.GetRequiredService<Leases>());

        Assert.True(await mine.TryTakeAsync(Lease.Outbox, default));
        Assert.True(await mine.TryTakeAsync(Lease.Outbox, default));
        Assert.False(await theirs.TryTakeAsync(Lease.Outbox, default));
        Assert.True(await theirs.TryTakeAsync(Lease.Webhooks, default));

        await mine.ReleaseAsync(Lease.Outbox);
        Assert.True(await theirs.TryTakeAsync(Lease.Outbox, default));
        Assert.False(await mine.TryTakeAsync(Lease.Outbox, default));

        await Storage.WriteAsync((db, token) => db.Set<Lease>().Where(lease => lease.Name == Lease.Outbox)
            .ExecuteUpdateAsync(set => set.SetProperty(lease => lease.Until, lease => DateTime.UtcNow.AddSeconds(-1)), token));
        Assert.True(await mine.TryTakeAsync(Lease.Outbox, default));
    }
}

using Ecosystem.Workflows.Storage;

namespace Ecosystem.Workflows.Tests.Storage;

/// <summary>Nobody is told of a commit before the disk has it, and all that wait share one flush.</summary>
public sealed class CommitFlushTests
{
    [Fact]
    public async Task WhenDurableAsync_CommitsDuringAFlush_ShareTheNextOne()
    {
        using var disk = new HeldDisk();
        var flush = new CommitFlush(disk.Flush);
        Commit(flush);
        var first = flush.WhenDurableAsync();
        disk.WaitForFlush();
        for (var i = 0; i < 50; i++)
        {
            Commit(flush);
        }

        var others = Enumerable.Range(0, 50).Select(_ => flush.WhenDurableAsync()).ToList();
        disk.Release();
        await first;
        Assert.All(others, other => Assert.False(other.IsCompleted));
        disk.WaitForFlush();
        disk.Release();
        await Task.WhenAll(others);
        Assert.Equal(2, disk.Flushes);
        await flush.WhenDurableAsync();
        Assert.Equal(2, disk.Flushes);
    }

    [Fact]
    public async Task WhenDurableAsync_CommitUnderWay_WaitsForItsEndAndFlush()
    {
        using var disk = new HeldDisk();
        var flush = new CommitFlush(disk.Flush);
        flush.Begin();
        var reader = flush.WhenDurableAsync();
        Assert.False(reader.IsCompleted);
        Assert.Equal(0, disk.Flushes);
        flush.End();
        disk.WaitForFlush();
        Assert.False(reader.IsCompleted);
        disk.Release();
        await reader;
    }

    [Fact]
    public async Task WhenDurableAsync_DiskRefuses_NobodyIsToldOfSuccessAgain()
    {
        var works = false;
        var flush = new CommitFlush(() =>
        {
            if (!works)
            {
                throw new IOException("No space left on device");
            }
        });
        Commit(flush);
        await Assert.ThrowsAsync<IOException>(flush.WhenDurableAsync);
        works = true;
        Commit(flush);
        await Assert.ThrowsAsync<IOException>(flush.WhenDurableAsync);
    }

    [Fact]
    public async Task WhenDurableAsync_FlushEndsWhileAnotherAsks_NobodyWaitsForACommitThatMayNeverCome()
    {
        var flush = new CommitFlush(() => { });
        for (var round = 0; round < 30_000; round++)
        {
            Commit(flush);
            await Task.WhenAll(Task.Run(flush.WhenDurableAsync), Task.Run(flush.WhenDurableAsync), Task.Run(flush.WhenDurableAsync))
                .WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        }
    }

    private static void Commit(CommitFlush flush)
    {
        flush.Begin();
        flush.End();
    }

    /// <summary>A disk whose flushes end when the test says so.</summary>
    private sealed class HeldDisk : IDisposable
    {
        private readonly SemaphoreSlim _begun = new(0);
        private readonly SemaphoreSlim _released = new(0);
        private int _flushes;

        public int Flushes => Volatile.Read(ref _flushes);

        public void Flush()
        {
            Interlocked.Increment(ref _flushes);
            _begun.Release();
            _released.Wait();
        }

        public void WaitForFlush() => _begun.Wait(TestContext.Current.CancellationToken);

        public void Release() => _released.Release();

        public void Dispose()
        {
            _begun.Dispose();
            _released.Dispose();
        }
    }
}

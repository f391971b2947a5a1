using Microsoft.Data.Sqlite;

namespace Ecosystem.Workflows.Storage;

/// <summary>
/// Makes SQLite's commits durable, all that wait for it by one flush of the write-ahead log. A transaction so ends without waiting for the
/// disk and the next one begins, but nothing comes of either before the disk has it: no answer to who wrote, no deed of the system on what it
/// read. Once a flush failed nobody can say what is on disk, so every later one fails too, until the process starts anew and SQLite has
/// looked at its log.
/// </summary>
internal sealed class CommitFlush
{
    private readonly Action? flush;
    private readonly Lock guard = new();
    private long begun;
    private long ended;
    private long durable;
    private Task? running;
    private TaskCompletionSource? nextEnd;

    public CommitFlush(StorageOptions options)
        : this(options.FlushesLog ? FlushOf(new SqliteConnectionStringBuilder(options.ConnectionString).DataSource + "-wal") : null)
    {
    }

    /// <summary>With a flush of another kind; null where commits are durable, or need not be, without.</summary>
    internal CommitFlush(Action? flush) => this.flush = flush;

    /// <summary>Around a commit: from here on others may see it.</summary>
    public void Begin() => Interlocked.Increment(ref begun);

    /// <summary>The commit is over, one way or the other.</summary>
    public void End()
    {
        lock (guard)
        {
            ended++;
            nextEnd?.SetResult();
            nextEnd = null;
        }
    }

    /// <summary>Completes when every commit that has begun by now is on disk.</summary>
    /// <exception cref="IOException">The disk refused a flush.</exception>
    public async Task WhenDurableAsync()
    {
        if (flush is null)
        {
            return;
        }

        var target = Interlocked.Read(ref begun);
        while (Next(target) is { } step)
        {
            await step;
        }
    }

    // What to wait for until so many commits are durable; null when they are. Looked up and joined in one: a flush that ends in between would be missed,
    // and perhaps nothing is committed after it.
    private Task? Next(long target)
    {
        lock (guard)
        {
            if (durable >= target)
            {
                return null;
            }

            if (running is null && ended == durable)
            {
                return (nextEnd ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            return running ??= Task.Run(Flush);
        }
    }

    private void Flush()
    {
        long covered;
        lock (guard)
        {
            covered = ended;
        }

        flush!();
        lock (guard)
        {
            durable = covered;
            running = null;
        }
    }

    private static Action FlushOf(string log) => () => FlushLog(log);

    // Opened anew each time: when its last connection closes, SQLite writes the log into the database, flushes that and removes the log.
    private static void FlushLog(string path)
    {
        try
        {
            using var log = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.FlushToDisk(log);
        }
        catch (FileNotFoundException)
        {
        }
    }
}

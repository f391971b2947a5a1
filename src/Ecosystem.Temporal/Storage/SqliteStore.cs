using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Ecosystem.Temporal.Storage;

/// <summary>
/// A store in one SQLite file. One thread writes: whatever waits when it is free goes into one transaction, so that many runs share one
/// flush of the disk. A write is acknowledged when its transaction is on disk (WAL, synchronous=FULL).
/// </summary>
internal sealed class SqliteStore : IStore
{
    private const int MaximumBatch = 2000;
    private readonly Channel<Pending> _queue = Channel.CreateUnbounded<Pending>(new UnboundedChannelOptions { SingleReader = true });
    private readonly string _connectionString;
    private readonly SqliteWriter _writer;
    private readonly SqliteReaders _readers;
    private readonly Task _writing;
    private readonly FileStream _ownership;

    private SqliteStore(string file, FileStream ownership)
    {
        _ownership = ownership;
        _connectionString = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 30 }.ToString();
        _writer = new SqliteWriter(_connectionString);
        _readers = new SqliteReaders(_connectionString);
        Visibility = new SqliteVisibility(_readers);
        _writing = Task.Factory.StartNew(WriteLoop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public bool Volatile => false;

    public IVisibilityStore Visibility { get; }

    /// <summary>Opens a file, or creates it.</summary>
    /// <exception cref="IOException">The file cannot be used; the message says why.</exception>
    public static SqliteStore Open(string file)
    {
        var path = Path.GetFullPath(file);
        FileStream? ownership = null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            ownership = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.None);
            return new SqliteStore(path, ownership);
        }
        catch (IOException) when (ownership is null && File.Exists(path + ".lock"))
        {
            throw new IOException($"The data file '{path}' is in use by another process.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            ownership?.Dispose();
            throw new IOException($"The data file '{path}' cannot be used: {e.Message}", e);
        }
    }

    public Task CommitAsync(StoreWrite write)
    {
        var pending = new Pending(write);
        if (!_queue.Writer.TryWrite(pending))
        {
            write.RunFailed();
            return Task.FromException(new StoreException("The service is stopping."));
        }

        return pending.Done.Task;
    }

    public ExecutionRow? Find(long key) => _readers.Use(reader => reader.Find(key));

    public IReadOnlyList<ExecutionRow> FindRuns(string ns, string workflowId) => _readers.Use(reader => reader.FindRuns(ns, workflowId));

    public IReadOnlyList<HistoryBatch> ReadHistory(long run, long fromEventId, int limit) =>
        _readers.Use(reader => reader.ReadHistory(run, fromEventId, limit));

    public IReadOnlyList<HistoryBatch> ReadHistoryReverse(long run, long fromEventId, int limit) =>
        _readers.Use(reader => reader.ReadHistoryReverse(run, fromEventId, limit));

    public IEnumerable<ExecutionRow> OpenExecutions() => _readers.Use(reader => reader.OpenExecutions());

    public IReadOnlyList<Transfer> Transfers() => _readers.Use(reader => reader.Transfers());

    public IReadOnlyList<StoreDocument> Documents(string kind) => _readers.Use(reader => reader.Documents(kind));

    public long LastKey() => _readers.Use(reader => reader.LastKey());

    public IReadOnlyList<long> ClosedBefore(string ns, DateTimeOffset time, int limit) =>
        _readers.Use(reader => reader.Visibility.ClosedBefore(ns, time, limit));

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writing;
        _readers.Dispose();
        _writer.Dispose();
        await _ownership.DisposeAsync();
    }

    private void WriteLoop()
    {
        var batch = new List<Pending>();
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            batch.Clear();
            while (batch.Count < MaximumBatch && _queue.Reader.TryRead(out var pending))
            {
                if (pending.Write.StillValid?.Invoke() == false)
                {
                    pending.Fail(new StoreException("An earlier change of the same run could not be stored."));
                    continue;
                }

                batch.Add(pending);
            }

            Write(batch);
        }
    }

    private void Write(List<Pending> batch)
    {
        if (batch.Count == 0)
        {
            return;
        }

        try
        {
            _writer.Write(batch.Select(pending => pending.Write));
        }
        catch (Exception e) when (e is SqliteException or InvalidOperationException)
        {
            var failure = new StoreException($"The change could not be stored: {e.Message}", e);
            batch.ForEach(pending => pending.Fail(failure));
            return;
        }

        batch.ForEach(pending => pending.Succeed());
    }

    private sealed class Pending(StoreWrite write)
    {
        public StoreWrite Write { get; } = write;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Succeed()
        {
            Write.RunCommitted();
            Done.TrySetResult();
        }

        public void Fail(StoreException failure)
        {
            Write.RunFailed();
            Done.TrySetException(failure);
        }
    }
}

using System.Diagnostics;
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
    private const int Crowd = 3;
    private const int InUseOnUnix = 11;
    private const int InUseOnWindows = unchecked((int)0x80070020);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(5);
    private readonly Channel<Pending> _queue = Channel.CreateUnbounded<Pending>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ManualResetEventSlim _work = new(initialState: false, spinCount: 0);
    private readonly string _connectionString;
    private readonly SqliteWriter _writer;
    private readonly SqliteReaders _readers;
    private readonly Task _writing;
    private readonly FileStream _ownership;

    private StoreException? _lastFailure;
    private long _waiting;
    private long _waitingBytes;
    private volatile bool _sleeps;
    private volatile bool _stops;

    private SqliteStore(string file, FileStream ownership, long? maximumBytes)
    {
        _ownership = ownership;
        _connectionString = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 30 }.ToString();
        _writer = new SqliteWriter(_connectionString, maximumBytes);
        _readers = new SqliteReaders(_connectionString);
        Visibility = new SqliteVisibility(_readers);
        _writing = Task.Factory.StartNew(WriteLoop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public long WaitingWrites => Interlocked.Read(ref _waiting);

    public StoreException? LastFailure => Volatile.Read(ref _lastFailure);

    /// <summary>Told of each transaction how many changes it had, how long it took and whether it failed; on the writing thread.</summary>
    public Action<int, TimeSpan, bool>? Written { get; set; }

    public long WaitingBytes => Interlocked.Read(ref _waitingBytes);

    public IVisibilityStore Visibility { get; }

    /// <summary>Opens a file, or creates it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="maximumBytes">Size beyond which it must not grow; null if only the disk sets one.</param>
    /// <exception cref="IOException">The file cannot be used; the message says why.</exception>
    public static SqliteStore Open(string file, long? maximumBytes = null)
    {
        var path = Path.GetFullPath(file);
        FileStream? ownership = null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            ownership = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.None);
            return new SqliteStore(path, ownership, maximumBytes);
        }
        catch (IOException e) when (ownership is null && e.HResult is InUseOnUnix or InUseOnWindows)
        {
            throw new IOException($"The data file '{path}' is in use by another process.", e);
        }
        catch (SqliteException e)
        {
            ownership?.Dispose();
            throw new IOException($"The data file '{path}' cannot be used. {e.ToStoreException().Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StoreException)
        {
            ownership?.Dispose();
            throw new IOException($"The data file '{path}' cannot be used: {e.Message}", e);
        }
    }

    public Task CommitAsync(StoreWrite write)
    {
        var pending = new Pending(write);
        Interlocked.Increment(ref _waiting);
        Interlocked.Add(ref _waitingBytes, pending.Bytes);
        if (!_queue.Writer.TryWrite(pending))
        {
            Settle(pending);
            write.RunFailed();
            return Task.FromException(new StoreException("The service is stopping."));
        }

        // A lazy write waits for another one, or for the thread to look around again; only a thread that sleeps has to be told.
        if (!write.IsLazy || _sleeps)
        {
            _work.Set();
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

    /// <summary>Lets no further write through, as a disk that was remounted read-only; for tests. Give no writes meanwhile.</summary>
    public void MakeReadOnly() => _writer.MakeReadOnly();

    /// <summary>What is wrong with the file as a file; reads all of it.</summary>
    public IReadOnlyList<string> IntegrityProblems() => _readers.Use(reader => reader.IntegrityProblems());

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        _stops = true;
        _work.Set();
        await _writing;
        _work.Dispose();
        _readers.Dispose();
        _writer.Dispose();
        await _ownership.DisposeAsync();
    }

    private void WriteLoop()
    {
        var batch = new List<Pending>();
        var last = 0;
        while (!_stops || _queue.Reader.TryPeek(out _))
        {
            Await();
            if (last >= Crowd && Interlocked.Read(ref _waiting) < last)
            {
                // Many write: those who were just answered may come again before this thread has its turn, and one flush for more costs less.
                Thread.Sleep(0);
            }

            batch.Clear();
            while (batch.Count < MaximumBatch && _queue.Reader.TryRead(out var pending))
            {
                Settle(pending);
                if (pending.Write.StillValid?.Invoke() == false)
                {
                    pending.Fail(new StoreException("An earlier change of the same run could not be stored."));
                    continue;
                }

                batch.Add(pending);
            }

            Write(batch);
            last = batch.Count;
            if (_stops || batch.Count == MaximumBatch)
            {
                _work.Set();
            }
        }
    }

    /// <summary>Waits until there is something to write: for as long as a lazy write may wait, then, if there is none, until it is told.</summary>
    private void Await()
    {
        if (!_work.Wait(Patience) && !_queue.Reader.TryPeek(out _))
        {
            _sleeps = true;
            Thread.MemoryBarrier();
            if (!_queue.Reader.TryPeek(out _))
            {
                _work.Wait();
            }

            _sleeps = false;
        }

        _work.Reset();
    }

    private void Write(List<Pending> batch)
    {
        if (batch.Count == 0)
        {
            return;
        }

        var started = Stopwatch.GetTimestamp();
        try
        {
            _writer.Write(batch.ConvertAll(pending => pending.Write));
        }
        catch (Exception e) when (e is SqliteException or InvalidOperationException)
        {
            var failure = (e as SqliteException)?.ToStoreException() ?? new StoreException($"The change could not be stored: {e.Message}", e);
            Volatile.Write(ref _lastFailure, failure);
            Written?.Invoke(batch.Count, Stopwatch.GetElapsedTime(started), true);
            batch.ForEach(pending => pending.Fail(failure));
            return;
        }

        Volatile.Write(ref _lastFailure, null);
        Written?.Invoke(batch.Count, Stopwatch.GetElapsedTime(started), false);
        batch.ForEach(pending => pending.Succeed());
    }

    private void Settle(Pending pending)
    {
        Interlocked.Decrement(ref _waiting);
        Interlocked.Add(ref _waitingBytes, -pending.Bytes);
    }

    private sealed class Pending(StoreWrite write)
    {
        public StoreWrite Write { get; } = write;

        public long Bytes { get; } = write.HasHistory ? write.History.Sum(batch => (long)batch.Data.Length) : 0;

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

using Microsoft.Data.Sqlite;

namespace Ecosystem.Temporal.Storage;

/// <summary>Connections that read, each used by one thread at a time.</summary>
internal sealed class SqliteReaders(string connectionString) : IDisposable
{
    private readonly ConcurrentBag<SqliteReader> _idle = [];

    public T Use<T>(Func<SqliteReader, T> read)
    {
        if (!_idle.TryTake(out var reader))
        {
            reader = new SqliteReader(connectionString);
        }

        try
        {
            return read(reader);
        }
        catch (SqliteException e)
        {
            throw e.ToStoreException();
        }
        finally
        {
            _idle.Add(reader);
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }
}

using Microsoft.Data.Sqlite;

namespace Ecosystem.Temporal.Storage;

/// <summary>Copies a data file while a service writes to it.</summary>
internal static class SqliteBackup
{
    /// <summary>Writes what was durable at the start of the copy to a new file, which appears only when it is complete.</summary>
    /// <exception cref="IOException">The source is no data file, the target is there already, or it cannot be written.</exception>
    public static void Copy(string file, string target)
    {
        var (from, to) = (Path.GetFullPath(file), Path.GetFullPath(target));
        if (!File.Exists(from))
        {
            throw new IOException($"There is no data file '{from}'.");
        }

        if (File.Exists(to))
        {
            throw new IOException($"'{to}' exists already; a backup never replaces a file.");
        }

        var part = to + ".part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Delete(part);
            using (var source = new SqliteConnection(Connection(from, SqliteOpenMode.ReadWrite)))
            using (var copy = new SqliteConnection(Connection(part, SqliteOpenMode.ReadWriteCreate)))
            {
                source.Open();
                SqliteSchema.Prepare(source, create: false);
                copy.Open();
                source.BackupDatabase(copy);
            }

            File.Move(part, to);
        }
        catch (SqliteException e)
        {
            File.Delete(part);
            throw new IOException($"The backup to '{to}' did not work. {e.ToStoreException().Message}", e);
        }
    }

    private static string Connection(string file, SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = 30 }.ToString();
}

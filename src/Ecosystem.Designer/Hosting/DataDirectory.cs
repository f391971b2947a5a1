namespace Ecosystem.Designer.Hosting;

/// <summary>The data folder: made and checked for writing at start, and held by one serving process at a time.</summary>
internal sealed class DataDirectory : IDisposable
{
    private readonly FileStream? _lock;

    private DataDirectory(string path, FileStream? held)
    {
        Path = path;
        _lock = held;
    }

    /// <summary>Absolute path.</summary>
    public string Path { get; }

    /// <summary>Opens the folder.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="exclusive">Whether this process owns it (a separate worker shares its web process's folder).</param>
    /// <exception cref="StartupException">It cannot be made, cannot be written, or another process owns it.</exception>
    public static DataDirectory Open(string path, bool exclusive)
    {
        try
        {
            Directory.CreateDirectory(path);
            var probe = System.IO.Path.Combine(path, $".write-{Environment.ProcessId}");
            File.WriteAllText(probe, string.Empty);
            File.Delete(probe);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(
                $"The data folder {path} cannot be written ({error.Message}). Give this account write access or set Ecosystem__DataDirectory.", error);
        }

        if (!exclusive)
        {
            return new DataDirectory(path, null);
        }

        try
        {
            var held = new FileStream(
                System.IO.Path.Combine(path, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            return new DataDirectory(path, held);
        }
        catch (IOException error)
        {
            throw new StartupException(
                $"The data folder {path} is in use by another running process. Stop it, or set Ecosystem__DataDirectory to another folder.", error);
        }
    }

    /// <summary>Absolute path of a file in the folder.</summary>
    public string Locate(string name) => System.IO.Path.Combine(Path, name);

    /// <inheritdoc />
    public void Dispose() => _lock?.Dispose();
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

[assembly: AssemblyFixture(typeof(Ecosystem.Workflows.Tests.Storage.PostgreSqlServer))]

namespace Ecosystem.Workflows.Tests.Storage;

/// <summary>
/// Debian's PostgreSQL on a free loopback port, in a folder of its own, for as long as the tests run; started when first asked for. Its
/// databases sort as people do (ICU, en-US), so that a query that counts on byte order is found out.
/// </summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    private const string Account = "postgres";
    private static readonly string? Programs = FindPrograms();
    private readonly Lazy<Task<int>> _port;
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"ecosystem-postgres-{Guid.NewGuid():N}");
    private Process? _process;
    private int _databases;

    public PostgreSqlServer() => _port = new Lazy<Task<int>>(StartAsync);

    /// <summary>What to say where there is none.</summary>
    public const string HowToInstall = "PostgreSQL is not installed: sudo apt-get install postgresql";

    /// <summary>Whether there is one to start.</summary>
    public static bool IsInstalled => Programs is not null;

    /// <summary>A new database.</summary>
    /// <param name="template">The connection string of the database it starts as a copy of, which nobody may be connected to.</param>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync(string? template = null)
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"CREATE DATABASE {name}" + (template is null ? "" : $" TEMPLATE {new NpgsqlConnectionStringBuilder(template).Database}"));
        return await ConnectionToAsync(name);
    }

    /// <summary>Deletes a database, whoever is connected to it.</summary>
    /// <param name="connection">Its connection string.</param>
    public Task DropDatabaseAsync(string connection) => ExecuteAsync($"DROP DATABASE {new NpgsqlConnectionStringBuilder(connection).Database} WITH (FORCE)");

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            AppDomain.CurrentDomain.ProcessExit -= Kill;
            Kill(null, EventArgs.Empty);
            await _process.WaitForExitAsync();
            _process.Dispose();
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static string? FindPrograms() =>
        !Directory.Exists("/usr/lib/postgresql") ? null : Directory.GetDirectories("/usr/lib/postgresql")
            .Select(version => Path.Combine(version, "bin"))
            .Where(folder => File.Exists(Path.Combine(folder, "initdb")))
            .MaxBy(folder => int.TryParse(Path.GetFileName(Path.GetDirectoryName(folder)), out var version) ? version : 0);

    private async Task<string> ConnectionToAsync(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = await _port.Value,
        Username = Account,
        Database = database,
        Pooling = true,
        MaxPoolSize = 20,
    }.ToString();

    private async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(await ConnectionToAsync(Account));
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<int> StartAsync()
    {
        Directory.CreateDirectory(_folder);
        var data = Path.Combine(_folder, "data");
        if (Environment.IsPrivilegedProcess)
        {
            await FinishAsync(Start("chown", Account, _folder));
        }

        await FinishAsync(StartAsServer("initdb", "-D", data, "-U", Account, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US", "--no-sync"));
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            var port = ((IPEndPoint)probe.LocalEndpoint).Port;
            probe.Stop();
            _process = StartAsServer(
                "postgres", "-D", data, "-h", "127.0.0.1", "-p", $"{port}", "-k", _folder, "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "max_connections=300");
            AppDomain.CurrentDomain.ProcessExit += Kill;
            await UntilReadyAsync(_process, port);
            return port;
        }
    }

    // Its log says so once, on standard error.
    private static async Task UntilReadyAsync(Process process, int port)
    {
        List<string> log = [];
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            log.Add(line);
            if (line.Contains("database system is ready to accept connections", StringComparison.Ordinal))
            {
                _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null);
                return;
            }
        }

        throw new InvalidOperationException($"PostgreSQL did not start on port {port}:\n{string.Join('\n', log)}");
    }

    // PostgreSQL refuses to run as root.
    private static Process StartAsServer(string program, params string[] arguments) => Environment.IsPrivilegedProcess
        ? Start("setpriv", [$"--reuid={Account}", $"--regid={Account}", "--init-groups", Path.Combine(Programs!, program), .. arguments])
        : Start(Path.Combine(Programs!, program), arguments);

    private static Process Start(string program, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        RedirectStandardError = true,
        RedirectStandardOutput = true,
        WorkingDirectory = Path.GetTempPath(),
    })!;

    private static async Task FinishAsync(Process process)
    {
        using (process)
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var error = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)} failed:\n{error}{await output}");
            }
        }
    }

    private void Kill(object? sender, EventArgs arguments)
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
        }
    }
}

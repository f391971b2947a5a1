using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;

namespace Ecosystem.Workflows.Storage;

/// <summary>Where the facts are stored.</summary>
public sealed record StorageOptions
{
    /// <summary>The kind of database. Configuration key <c>Database:Provider</c>; default SQLite.</summary>
    public DatabaseProvider Provider { get; init; }

    /// <summary>The connection string. Configuration key <c>ConnectionStrings:Ecosystem</c>; for SQLite default the file <c>ecosystem.db</c> in the data directory.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>
    /// How SQLite's commits reach the disk: <c>FULL</c> (the default: what was acknowledged survives a power cut), <c>NORMAL</c> (a power cut
    /// may undo the last of it) or, for tests only, <c>OFF</c>. Configuration key <c>Database:Synchronous</c>.
    /// </summary>
    public string Synchronous { get; init; } = "FULL";

    /// <summary>Whether <see cref="CommitFlush"/> flushes SQLite's log, rather than SQLite at each commit.</summary>
    internal bool FlushesLog => Provider == DatabaseProvider.Sqlite && Synchronous == "FULL";

    /// <summary>The value of SQLite's <c>synchronous</c> pragma.</summary>
    internal string SynchronousPragma => FlushesLog ? "NORMAL" : Synchronous;

    /// <summary>Reads the options.</summary>
    /// <param name="configuration">The application's configuration.</param>
    /// <returns>The options.</returns>
    /// <exception cref="InvalidOperationException">A value is missing or unknown; the message names the key and what would be right.</exception>
    public static StorageOptions From(IConfiguration configuration)
    {
        var providerText = configuration["Database:Provider"];
        if (!Enum.TryParse<DatabaseProvider>(string.IsNullOrEmpty(providerText) ? nameof(DatabaseProvider.Sqlite) : providerText, ignoreCase: true, out var provider)
            || !Enum.IsDefined(provider))
        {
            throw new InvalidOperationException($"Database:Provider is '{providerText}'; it must be Sqlite, SqlServer or PostgreSql.");
        }

        var synchronous = configuration["Database:Synchronous"] is { Length: > 0 } text ? text.ToUpperInvariant() : "FULL";
        if (synchronous is not ("FULL" or "OFF" or "NORMAL"))
        {
            throw new InvalidOperationException($"Database:Synchronous is '{synchronous}'; it must be FULL, NORMAL or OFF.");
        }

        var connection = configuration.GetConnectionString("Ecosystem");
        if (string.IsNullOrEmpty(connection))
        {
            if (provider != DatabaseProvider.Sqlite)
            {
                throw new InvalidOperationException($"ConnectionStrings:Ecosystem is missing; {provider} needs one.");
            }

            var directory = configuration["Ecosystem:DataDirectory"];
            connection = ForFile(Path.Combine(string.IsNullOrEmpty(directory) ? "data" : directory, "ecosystem.db"));
        }

        return new StorageOptions { Provider = provider, ConnectionString = connection, Synchronous = synchronous };
    }

    /// <summary>The connection string of a SQLite file.</summary>
    /// <param name="path">The file; it is created when the schema is.</param>
    /// <returns>The connection string.</returns>
    public static string ForFile(string path) =>
        new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true, DefaultTimeout = 60 }.ToString();
}

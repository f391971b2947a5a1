using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Storage;

/// <summary>Brings the database to the schema of this version of the product.</summary>
/// <param name="contexts">Where contexts come from.</param>
/// <param name="options">Where the facts are stored.</param>
public sealed class DatabaseSchema(IDbContextFactory<EcosystemDbContext> contexts, StorageOptions options)
{
    /// <summary>Applies the migrations that are missing. To be called once when the process starts, before anything else uses the database.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that ends when the schema is there.</returns>
    /// <exception cref="InvalidOperationException">The data folder cannot be written; the message names it.</exception>
    public async Task EnsureAsync(CancellationToken cancellationToken = default)
    {
        if (options.Provider == DatabaseProvider.Sqlite)
        {
            PrepareFolder();
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await SchemaMigration.ApplyAsync(db, seed: null, cancellationToken);
    }

    private void PrepareFolder()
    {
        var file = new SqliteConnectionStringBuilder(options.ConnectionString).DataSource;
        if (file is "" or ":memory:" || Path.GetDirectoryName(Path.GetFullPath(file)) is not { } folder)
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(folder);
            using var probe = new FileStream(Path.Combine(folder, $".writable-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"The data folder '{folder}' cannot be written: {error.Message} Choose another with Ecosystem__DataDirectory, or change its permissions.", error);
        }
    }
}

using Ecosystem.Workflows.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Ecosystem.Workflows.Tests;

/// <summary>
/// Base of tests that need the application: every test has its own SQLite file, copied from a template that is made once,
/// its own clock and its own services. Nothing is hosted: background services do not run unless the test starts them.
/// </summary>
public abstract class EcosystemTest : IAsyncLifetime
{
    private static readonly Lazy<Task<byte[]>> Template = new(MakeTemplateAsync);
    private readonly string folder = Directory.CreateTempSubdirectory("ecosystem-").FullName;
    private ServiceProvider? services;

    protected TestClock Clock { get; } = new();

    protected IServiceProvider Services => services ?? throw new InvalidOperationException("Services are there once the test runs.");

    protected StorageSession Storage => Get<StorageSession>();

    protected static Actor Ops { get; } = Actor.Staff("u-ops", "Olga Ops", ActorSource.Web, "ops", "approver");

    /// <summary>Override to add to or replace what the product registers.</summary>
    protected virtual void Configure(IServiceCollection collection, IDictionary<string, string?> settings)
    {
    }

    protected T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    public async ValueTask InitializeAsync()
    {
        var file = Path.Combine(folder, "ecosystem.db");
        await File.WriteAllBytesAsync(file, await Template.Value);
        services = Build(file, Clock, Configure);
        await StartedAsync();
    }

    /// <summary>Override for what every test of the class needs.</summary>
    protected virtual Task StartedAsync() => Task.CompletedTask;

    /// <summary>Override to stop what the test started.</summary>
    protected virtual ValueTask StoppedAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await StoppedAsync();
        await services!.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private static ServiceProvider Build(string file, TestClock clock, Action<IServiceCollection, IDictionary<string, string?>> configure)
    {
        var settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings:Ecosystem"] = StorageOptions.ForFile(file),
            ["Database:Synchronous"] = "OFF",
        };
        var collection = new ServiceCollection().AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning)).AddSingleton<TimeProvider>(clock);
        var extra = new ServiceCollection();
        configure(extra, settings);
        collection.AddEcosystemWorkflows(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        foreach (var service in extra)
        {
            collection.Add(service);
        }

        return collection.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    private static async Task<byte[]> MakeTemplateAsync()
    {
        var file = Path.Combine(Path.GetTempPath(), $"ecosystem-template-{Guid.NewGuid():N}.db");
        try
        {
            await using (var services = Build(file, new TestClock(), (_, _) => { }))
            {
                await services.GetRequiredService<DatabaseSchema>().EnsureAsync();
                await using var db = await services.GetRequiredService<IDbContextFactory<EcosystemDbContext>>().CreateDbContextAsync();
                await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE);");
            }

            SqliteConnection.ClearAllPools();
            return await File.ReadAllBytesAsync(file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}

using Ecosystem.Workflows.Storage;
using Ecosystem.Workflows.Tests.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Ecosystem.Workflows.Tests;

/// <summary>
/// Base of tests that need the application: every test has its own database, copied from a template that is made once,
/// its own clock and its own services. Nothing is hosted: background services do not run unless the test starts them. With the environment
/// variable <c>ECOSYSTEM_TEST_DATABASE=PostgreSql</c> all of them run on PostgreSQL.
/// </summary>
public abstract class EcosystemTest : IAsyncLifetime
{
    private static readonly Lazy<Task<byte[]>> Template = new(MakeTemplateAsync);
    private static readonly Lazy<Task<string>> ServerTemplate = new(MakeServerTemplateAsync);
    private readonly string folder = Directory.CreateTempSubdirectory("ecosystem-").FullName;
    private ServiceProvider? services;
    private string connection = "";

    protected TestClock Clock { get; } = new();

    protected IServiceProvider Services => services ?? throw new InvalidOperationException("Services are there once the test runs.");

    protected StorageSession Storage => Get<StorageSession>();

    /// <summary>The database of the test: SQLite, or PostgreSQL.</summary>
    protected virtual DatabaseProvider Provider =>
        Enum.TryParse<DatabaseProvider>(Environment.GetEnvironmentVariable("ECOSYSTEM_TEST_DATABASE"), out var chosen) ? chosen : DatabaseProvider.Sqlite;

    protected static Actor Ops { get; } = Actor.Staff("u-ops", "Olga Ops", ActorSource.Web, "ops", "approver");

    /// <summary>Override to add to or replace what the product registers.</summary>
    protected virtual void Configure(IServiceCollection collection, IDictionary<string, string?> settings)
    {
    }

    protected T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    public async ValueTask InitializeAsync()
    {
        services = Build(Provider, await CreateDatabaseAsync(), Clock, Configure);
        await StartedAsync();
    }

    /// <summary>Services of their own on the test's database, as another process has them.</summary>
    protected ServiceProvider OtherProcess() => Build(Provider, connection, Clock, Configure);

    /// <summary>Override for what every test of the class needs.</summary>
    protected virtual Task StartedAsync() => Task.CompletedTask;

    /// <summary>Override to stop what the test started.</summary>
    protected virtual ValueTask StoppedAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await StoppedAsync();
        await services!.DisposeAsync();
        SqliteConnection.ClearAllPools();
        if (Provider == DatabaseProvider.PostgreSql)
        {
            await (await ServerAsync()).DropDatabaseAsync(connection);
        }

        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private static async Task<PostgreSqlServer> ServerAsync() =>
        await TestContext.Current.GetFixture<PostgreSqlServer>() ?? throw new InvalidOperationException("The assembly has no PostgreSQL server.");

    private async Task<string> CreateDatabaseAsync()
    {
        if (Provider == DatabaseProvider.PostgreSql)
        {
            Assert.SkipUnless(PostgreSqlServer.IsInstalled, PostgreSqlServer.HowToInstall);
            return connection = await (await ServerAsync()).CreateDatabaseAsync(await ServerTemplate.Value);
        }

        var file = Path.Combine(folder, "ecosystem.db");
        await File.WriteAllBytesAsync(file, await Template.Value);
        return connection = StorageOptions.ForFile(file);
    }

    private static ServiceProvider Build(DatabaseProvider provider, string connection, TestClock clock, Action<IServiceCollection, IDictionary<string, string?>> configure)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Database:Provider"] = provider.ToString(),
            ["ConnectionStrings:Ecosystem"] = connection,
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
            await using (var services = Build(DatabaseProvider.Sqlite, StorageOptions.ForFile(file), new TestClock(), (_, _) => { }))
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

    private static async Task<string> MakeServerTemplateAsync()
    {
        var template = await (await ServerAsync()).CreateDatabaseAsync();
        await using var services = Build(DatabaseProvider.PostgreSql, template, new TestClock(), (_, _) => { });
        await services.GetRequiredService<DatabaseSchema>().EnsureAsync();
        NpgsqlConnection.ClearAllPools();
        return template;
    }
}

using Ecosystem.Workflows.Integration;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Ecosystem.Workflows.Storage;

/// <summary>Registers the room. Rooms above it take part in saving by an <see cref="IInterceptor"/> they register.</summary>
internal static class StorageServices
{
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        var options = StorageOptions.From(configuration);
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<WriteGate>();
        services.AddSingleton(new CommitFlush(options));
        services.AddSingleton<Audit>();
        services.AddSingleton<DatabaseSchema>();
        services.AddSingleton<Leases>();
        services.AddSingleton(provider => new StorageSession(
            provider.GetRequiredService<IDbContextFactory<EcosystemDbContext>>(),
            provider.GetService<SqliteWriter>() ?? provider.GetRequiredService<IDbContextFactory<EcosystemDbContext>>(),
            provider.GetRequiredService<WriteGate>(),
            provider.GetRequiredService<CommitFlush>(),
            provider.GetRequiredService<WorkSignal>()));
        _ = options.Provider switch
        {
            DatabaseProvider.PostgreSql => services.AddContexts<PostgreSqlEcosystemDbContext>(builder => builder.UseNpgsql(options.ConnectionString)),
            DatabaseProvider.SqlServer => services.AddContexts<SqlServerEcosystemDbContext>(builder => builder.UseSqlServer(options.ConnectionString)),
            _ => services.AddSqlite(options),
        };
        return services;
    }

    private static IServiceCollection AddSqlite(this IServiceCollection services, StorageOptions options)
    {
        var pragmas = new SqlitePragmas(options.SynchronousPragma);
        return services
            .AddContexts<SqliteEcosystemDbContext>(builder => builder.UseSqlite(options.ConnectionString).AddInterceptors(pragmas))
            .AddSingleton(provider => new SqliteWriter(options, pragmas, provider.GetServices<IInterceptor>()));
    }

    private static IServiceCollection AddContexts<TContext>(this IServiceCollection services, Action<DbContextOptionsBuilder> configure)
        where TContext : EcosystemDbContext =>
        services
            .AddPooledDbContextFactory<TContext>((provider, builder) =>
            {
                configure(builder);
                builder.AddInterceptors(provider.GetServices<IInterceptor>());
            })
            .AddSingleton<IDbContextFactory<EcosystemDbContext>>(provider => new ContextFactory<TContext>(provider.GetRequiredService<IDbContextFactory<TContext>>()));
}

using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Storage;

/// <summary>The facts in SQLite. Times are stored as ticks, decimals as text, both exact.</summary>
/// <param name="options">The options.</param>
internal sealed class SqliteEcosystemDbContext(DbContextOptions<SqliteEcosystemDbContext> options) : EcosystemDbContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<ValueConverters.TimeAsTicks>();
    }
}

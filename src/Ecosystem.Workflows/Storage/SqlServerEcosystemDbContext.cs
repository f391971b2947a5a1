using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Storage;

/// <summary>The facts in SQL Server.</summary>
/// <param name="options">The options.</param>
internal sealed class SqlServerEcosystemDbContext(DbContextOptions<SqlServerEcosystemDbContext> options) : EcosystemDbContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<ValueConverters.TimeAsUtc>();
        configurationBuilder.Conventions.Add(_ => new OrdinalTexts("Latin1_General_100_BIN2"));
    }
}

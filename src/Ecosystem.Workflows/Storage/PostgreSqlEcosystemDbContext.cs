using Microsoft.EntityFrameworkCore;

namespace Ecosystem.Workflows.Storage;

/// <summary>The facts in PostgreSQL.</summary>
/// <param name="options">The options.</param>
internal sealed class PostgreSqlEcosystemDbContext(DbContextOptions<PostgreSqlEcosystemDbContext> options) : EcosystemDbContext(options)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<ValueConverters.TimeAsUtc>();
        configurationBuilder.Conventions.Add(_ => new OrdinalTexts("C"));
    }
}

using Ecosystem.Workflows.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Ecosystem.Workflows.Tests.Storage;

public sealed class MigrationsTests
{
    private const string HowTo = "The model has changed: run src/Ecosystem.Workflows/Storage/Migrations/add.sh NAME (before the first release: add.sh --again).";

    public static TheoryData<DatabaseProvider> Providers => new(Enum.GetValues<DatabaseProvider>());

    [Theory]
    [MemberData(nameof(Providers))]
    public void Migrations_Model_IsThePresentOne(DatabaseProvider provider)
    {
        using var db = Context(provider);
        Assert.NotEmpty(db.Database.GetMigrations());
        Assert.False(db.Database.HasPendingModelChanges(), HowTo);
    }

    [Fact]
    public void Migrations_SqlServer_AreGoodTransactSql()
    {
        using var db = Context(DatabaseProvider.SqlServer);
        var script = db.GetService<IMigrator>().GenerateScript();
        new TSql170Parser(initialQuotedIdentifiers: true).Parse(new StringReader(script), out var errors);
        Assert.Empty(errors.Select(error => $"line {error.Line}: {error.Message}"));
        Assert.Contains("CREATE TABLE [Deal]", script, StringComparison.Ordinal);
    }

    [Fact]
    public void Queries_SqlServerAndPostgreSql_AreTranslated()
    {
        using var sqlServer = Context(DatabaseProvider.SqlServer);
        using var postgres = Context(DatabaseProvider.PostgreSql);
        foreach (var db in new[] { sqlServer, postgres })
        {
            var sql = db.Set<Workflows.Deals.Deal>()
                .Where(deal => deal.State == Workflows.Deals.DealState.Protected && deal.ProtectedUntil < TestClock.DefaultStart && deal.Amount.Amount > 5m)
                .PageById(deal => deal.Id, new PageRequest("d1", 10)).ToQueryString();
            Assert.Contains("PartnerId", sql, StringComparison.Ordinal);
        }

        new TSql170Parser(true).Parse(new StringReader(sqlServer.Set<Workflows.Partners.Partner>().ToQueryString()), out var errors);
        Assert.Empty(errors);
    }

    private static EcosystemDbContext Context(DatabaseProvider provider) => provider switch
    {
        DatabaseProvider.SqlServer => new SqlServerEcosystemDbContext(new DbContextOptionsBuilder<SqlServerEcosystemDbContext>().UseSqlServer("Server=none").Options),
        DatabaseProvider.PostgreSql => new PostgreSqlEcosystemDbContext(new DbContextOptionsBuilder<PostgreSqlEcosystemDbContext>().UseNpgsql("Host=none").Options),
        _ => new SqliteEcosystemDbContext(new DbContextOptionsBuilder<SqliteEcosystemDbContext>().UseSqlite("Data Source=:memory:").Options),
    };
}

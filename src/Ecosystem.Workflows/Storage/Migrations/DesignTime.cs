using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Ecosystem.Workflows.Storage.Migrations;

/// <summary>Makes contexts for the tool that writes migrations; see <c>add.sh</c> beside this file. No database is opened.</summary>
internal static class DesignTime
{
    internal sealed class Sqlite : IDesignTimeDbContextFactory<SqliteEcosystemDbContext>
    {
        public SqliteEcosystemDbContext CreateDbContext(string[] args) =>
            new(new DbContextOptionsBuilder<SqliteEcosystemDbContext>().UseSqlite("Data Source=:memory:").Options);
    }

    internal sealed class SqlServer : IDesignTimeDbContextFactory<SqlServerEcosystemDbContext>
    {
        public SqlServerEcosystemDbContext CreateDbContext(string[] args) =>
            new(new DbContextOptionsBuilder<SqlServerEcosystemDbContext>().UseSqlServer("Server=none").Options);
    }

    internal sealed class PostgreSql : IDesignTimeDbContextFactory<PostgreSqlEcosystemDbContext>
    {
        public PostgreSqlEcosystemDbContext CreateDbContext(string[] args) =>
            new(new DbContextOptionsBuilder<PostgreSqlEcosystemDbContext>().UseNpgsql("Host=none").Options);
    }
}

namespace Ecosystem.Workflows.Storage;

/// <summary>Which database holds the facts.</summary>
public enum DatabaseProvider
{
    /// <summary>One file in the data directory; the default.</summary>
    Sqlite,

    /// <summary>Microsoft SQL Server.</summary>
    SqlServer,

    /// <summary>PostgreSQL.</summary>
    PostgreSql,
}

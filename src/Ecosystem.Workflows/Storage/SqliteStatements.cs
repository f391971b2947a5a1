using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Ecosystem.Workflows.Storage;

/// <summary>
/// Keeps the statements that EF Core runs on one connection prepared: reading and planning a statement costs SQLite as much as running it.
/// For a connection that stays open; closing it disposes of them.
/// </summary>
internal sealed class SqliteStatements : DbCommandInterceptor
{
    // More than there are questions in the product; a list of values in a question is part of its text.
    private const int Most = 600;
    private readonly Dictionary<string, KeptCommand> commands = [];

    /// <summary>To be called before the connection opens again.</summary>
    public void Forget() => commands.Clear();

    // Not yet of the connection: only those that are kept are.
    public override InterceptionResult<DbCommand> CommandCreating(CommandCorrelatedEventData eventData, InterceptionResult<DbCommand> result) =>
        InterceptionResult<DbCommand>.SuppressWithResult(new SqliteCommand { CommandTimeout = ((SqliteConnection)eventData.Connection).DefaultTimeout });

    public override DbCommand CommandInitialized(CommandEndEventData eventData, DbCommand result)
    {
        var asked = (SqliteCommand)result;
        if (!commands.TryGetValue(asked.CommandText, out var kept))
        {
            kept = Add(asked.CommandText, (SqliteConnection)eventData.Connection);
        }
        else if (kept.InUse)
        {
            asked.Connection = (SqliteConnection)eventData.Connection;
            return asked;
        }

        kept.Begin(asked);
        return kept;
    }

    [SuppressMessage("Security", "CA2100", Justification = "The text is EF Core's; values are parameters.")]
    private KeptCommand Add(string text, SqliteConnection connection)
    {
        if (commands.Count == Most)
        {
            foreach (var unused in commands.Values.Where(command => !command.InUse).ToList())
            {
                commands.Remove(unused.CommandText);
                unused.Dispose();
            }
        }

        var kept = new KeptCommand(text, connection);
        commands.Add(text, kept);
        return kept;
    }

    // Whoever has run it disposes of it; that only gives it back.
    private sealed class KeptCommand(string text, SqliteConnection connection) : SqliteCommand(text, connection)
    {
        public bool InUse { get; private set; }

        public void Begin(SqliteCommand asked)
        {
            InUse = true;
            (Transaction, CommandTimeout) = (asked.Transaction, asked.CommandTimeout);
            foreach (SqliteParameter parameter in asked.Parameters)
            {
                Parameters.Add(parameter);
            }

            asked.Dispose();
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing && InUse)
            {
                InUse = false;
                Transaction = null;
                Parameters.Clear();
                return;
            }

            base.Dispose(disposing);
        }
    }
}

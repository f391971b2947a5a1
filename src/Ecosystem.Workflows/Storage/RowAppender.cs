using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Ecosystem.Workflows.Storage;

/// <summary>
/// Writes rows that nobody changes: one statement for all of a kind, prepared once, with names and conversions of the model. Saving them as
/// tracked entities costs several times as much as the database does.
/// </summary>
internal static class RowAppender
{
    private const string Annotation = "Ecosystem:Append";
    private const int LargestBatch = 500;

    /// <summary>Writes rows in the transaction of a unit of work, those of a kind in their order.</summary>
    /// <param name="db">The unit of work.</param>
    /// <param name="rows">The rows; of those whose key the database gives it is not read back.</param>
    /// <param name="cancellationToken">Gives up; the transaction then has to be rolled back.</param>
    /// <exception cref="InvalidOperationException">There is no transaction: rows and what they tell of would not be kept together.</exception>
    public static async Task WriteAsync(EcosystemDbContext db, IReadOnlyList<IAppendOnly> rows, CancellationToken cancellationToken)
    {
        var transaction = db.Database.CurrentTransaction?.GetDbTransaction()
            ?? throw new InvalidOperationException("Rows of a history are appended in a transaction; write with StorageSession.WriteAsync.");
        foreach (var kind in rows.GroupBy(row => row.GetType()))
        {
            var insert = Insert.Into(db, kind.Key);
            await (transaction.Connection!.CanCreateBatch ? insert.InBatchesAsync(transaction, kind, cancellationToken) : insert.OneByOneAsync(transaction, kind, cancellationToken));
        }
    }

    private sealed class Insert
    {
        private readonly string text;
        private readonly List<Column> columns;
        private readonly ConditionalWeakTable<DbConnection, DbCommand> commands = [];

        private Insert(IEntityType type, ISqlGenerationHelper sql)
        {
            columns = [.. type.GetProperties().Where(property => property.ValueGenerated == ValueGenerated.Never).Select((property, number) => new Column(property, $"p{number}"))];
            text = $"INSERT INTO {sql.DelimitIdentifier(type.GetTableName()!, type.GetSchema())} ({string.Join(", ", columns.Select(column => sql.DelimitIdentifier(column.Name)))}) "
                + $"VALUES ({string.Join(", ", columns.Select(column => sql.GenerateParameterName(column.Parameter)))})";
        }

        public static Insert Into(EcosystemDbContext db, Type type)
        {
            var entity = db.Model.FindEntityType(type)!;
            return entity.GetOrAddRuntimeAnnotationValue(Annotation, static of => new Insert(of.Entity, of.Db.GetService<ISqlGenerationHelper>()), (Entity: entity, Db: db));
        }

        public async Task OneByOneAsync(DbTransaction transaction, IEnumerable<IAppendOnly> rows, CancellationToken cancellationToken)
        {
            var command = commands.GetValue(transaction.Connection!, Prepare);
            command.Transaction = transaction;
            foreach (var row in rows)
            {
                command.Parameters.Clear();
                Fill(command.Parameters, command, row);
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
        }

        [SuppressMessage("Security", "CA2100", Justification = "The text is made of names of the model; values are parameters.")]
        private DbCommand Prepare(DbConnection connection)
        {
            var command = connection.CreateCommand();
            command.CommandText = text;
            return command;
        }

        public async Task InBatchesAsync(DbTransaction transaction, IEnumerable<IAppendOnly> rows, CancellationToken cancellationToken)
        {
            await using var parameters = transaction.Connection!.CreateCommand();
            foreach (var part in rows.Chunk(LargestBatch))
            {
                await using var batch = transaction.Connection.CreateBatch();
                batch.Transaction = transaction;
                foreach (var row in part)
                {
                    var command = batch.CreateBatchCommand();
                    command.CommandText = text;
                    Fill(command.Parameters, parameters, row);
                    batch.BatchCommands.Add(command);
                }

                await batch.ExecuteNonQueryAsync(cancellationToken);
            }
        }

        private void Fill(DbParameterCollection parameters, DbCommand command, IAppendOnly row)
        {
            foreach (var column in columns)
            {
                parameters.Add(column.Of(row, command));
            }
        }
    }

    private sealed class Column(IProperty property, string parameter)
    {
        private readonly RelationalTypeMapping mapping = property.GetRelationalTypeMapping();
        private readonly IClrPropertyGetter getter = property.GetGetter();

        public string Name { get; } = property.GetColumnName();

        public string Parameter => parameter;

        public DbParameter Of(IAppendOnly row, DbCommand command) => mapping.CreateParameter(command, parameter, getter.GetClrValue(row), property.IsNullable);
    }
}

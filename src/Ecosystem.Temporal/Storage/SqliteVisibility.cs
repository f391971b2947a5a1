using Ecosystem.Temporal.Visibility.Filters;

namespace Ecosystem.Temporal.Storage;

/// <summary>Lists and counts over the reading connections of a store.</summary>
internal sealed class SqliteVisibility(SqliteReaders readers) : IVisibilityStore
{
    public VisibilityRecord? Find(long key) => readers.Use(reader => reader.Visibility.Find(key));

    public IReadOnlyList<VisibilityRecord> List(string ns, VisibilityQuery query, int pageSize, VisibilityPageToken? after) =>
        readers.Use(reader => reader.Visibility.List(ns, query, pageSize, after));

    public long Count(string ns, VisibilityQuery query) => readers.Use(reader => reader.Visibility.Count(ns, query));

    public IReadOnlyList<(WorkflowExecutionStatus Status, long Count)> CountByStatus(string ns, VisibilityQuery query) =>
        readers.Use(reader => reader.Visibility.CountByStatus(ns, query));
}
